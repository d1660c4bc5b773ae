"""What a page of findings says, and a photograph to prove with."""

import io

from PIL import Image
from sqlalchemy import select

from taole.core.database import db
from taole.inspections.models import Finding


def text_of(answer):
    return answer.get_data(as_text=True)


def state_of(finding):
    db.session.rollback()
    return db.session.scalar(select(Finding.state).where(Finding.id == finding.id))


def a_photo():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "JPEG")
    file.seek(0)
    return file
