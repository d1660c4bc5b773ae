"""陈某 photographs an old notice on the wall and is told what to cover."""

from __future__ import annotations

import io

from sqlalchemy import select

from taole.attachments.models import Attachment, ScanState
from taole.core.database import db
from tests.attachments.looked_through import HIT, call, call_clean
from tests.attachments.picture_factory import photograph

WALL = "/villages/640221106201/wall"


def upload():
    return {"photograph": (io.BytesIO(photograph(400, 300)), "旧公示.jpg")}


def test_a_photograph_of_the_wall_is_kept_and_looked_through(town, sign_in):
    chen = sign_in("chen")
    answer = chen.post(WALL, data=upload())
    kept = db.session.scalars(select(Attachment)).one()
    assert answer.location == f"/attachments/{kept.id}"
    assert kept.scan_state is ScanState.WAITING
    assert "照片已保存" in chen.get(answer.location).text


def test_she_is_told_how_many_places_have_to_be_covered_and_which(town, sign_in):
    chen = sign_in("chen")
    chen.post(WALL, data=upload())
    kept = call(db.session.scalars(select(Attachment)).one(), ScanState.FOUND, HIT)
    page = chen.get(WALL).text
    assert "1 处要遮" in page
    held = chen.get(f"/attachments/{kept.id}").text
    assert "640221********0005" in held
    assert "身份证号" in held
    call_clean(kept)
    assert "没有发现" in chen.get(WALL).text


def test_without_a_photograph_she_is_asked_for_one(town, sign_in):
    answer = sign_in("chen").post(WALL, data={})
    assert answer.status_code == 422
    assert "还没有照片" in answer.text


def test_the_wall_of_another_village_does_not_exist_for_her(town, sign_in):
    assert sign_in("liu").get(WALL).status_code == 404
    assert sign_in("zhou").get(WALL).status_code == 403
