"""Looking at a photograph: what can be read in it, what it carries, what its thumbnail shows."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from taole.privacy.findings import Hit, Kind
from taole.privacy.found import Found, Guard
from taole.privacy.photograph_data import inner_pictures, positions, words_behind, words_of
from taole.privacy.photograph_files import decoded, opened
from taole.privacy.photographs import LONGEST_SIDE, Line, read_lines
from taole.privacy.picture_lines import LineHit, hits_in_lines, with_digits_mended
from taole.privacy.rules import find
from taole.privacy.searching import SUGGESTIONS

NUMBERS = frozenset({Kind.IDENTITY, Kind.BANK_CARD, Kind.MOBILE, Kind.SOCIAL_CARD})
_THUMBNAIL_SIDE = 640
_MOST_FRAMES = 8


def look_at_photograph(content: bytes, filename: str, place: str, guard: Guard) -> Iterator[Found]:
    """What is found in a picture file; raises Refused when it cannot be read."""
    picture = opened(content, filename)
    for position in positions(picture, f"{place}的拍摄信息"):
        yield Found(
            position.place,
            Kind.POSITION,
            position.shown,
            position.shown,
            0.99,
            SUGGESTIONS[Kind.POSITION],
        )
    text = "".join(piece.text for piece in words_of(picture))
    for hit in find(text, guard.context, guard.patterns):
        yield _found(f"{place}的拍摄信息", hit)
    for passage in words_behind(content, f"{place}之后的字节"):
        for hit in find(passage.text, guard.context, guard.patterns):
            if hit.kind in NUMBERS:
                yield _found(passage.place(hit.start), hit)
    frames = min(getattr(picture, "n_frames", 1), _MOST_FRAMES)
    upright = decoded(picture, filename, LONGEST_SIDE)
    yield from look_at_picture(upright, filename, place, guard)
    for inner in inner_pictures(picture, upright, content):
        yield from look_at_picture(_enlarged(inner), filename, f"{place}的缩略图", guard)
    for frame in range(1, frames):
        if picture.format not in {"GIF", "WEBP", "TIFF", "HEIF"}:
            break
        picture.seek(frame)
        yield from look_at_picture(
            decoded(picture, filename), filename, f"{place}第{frame + 1}幅", guard
        )


def look_at_picture(
    picture: Image.Image, filename: str, place: str, guard: Guard
) -> Iterator[Found]:
    """What is read in the pixels; the place names the line, counted from the top."""
    lines, hits = read_hits(picture, filename, guard)
    for one in hits:
        if not one.is_first:
            continue
        line = lines[one.line]
        found = _found(f"{place}第{one.line + 1}行", one.whole)
        yield Found(
            found.place,
            found.kind,
            found.value,
            found.masked,
            round(min(found.confidence, line.score), 2),
            found.suggestion,
        )


def read_hits(
    picture: Image.Image, filename: str, guard: Guard
) -> tuple[list[Line], list[LineHit]]:
    """The lines of a picture from the top, and what is found in them."""
    lines = sorted(read_lines(picture, filename), key=lambda line: (line.top, line.left))
    lines = [Line(line.corners, with_digits_mended(line.text), line.score) for line in lines]
    return lines, hits_in_lines(lines, guard.context, guard.patterns)


def _found(place: str, hit: Hit) -> Found:
    return Found(place, hit.kind, hit.text, hit.masked, hit.confidence, hit.suggestion)


def _enlarged(picture: Image.Image) -> Image.Image:
    longest = max(picture.size)
    if longest >= _THUMBNAIL_SIDE:
        return picture
    ratio = _THUMBNAIL_SIDE / longest
    size = (int(picture.width * ratio), int(picture.height * ratio))
    return picture.resize(size, Image.Resampling.LANCZOS)
