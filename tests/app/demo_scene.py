"""A copy of the demonstration with something behind every door, and the addresses to knock at."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from cast import PASSWORD
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from taole.attachments.actions import keep_file
from taole.attachments.look_alikes import LookedLike, ask_about
from taole.attachments.models import LookAlike
from taole.attachments.uploads import begin
from taole.boards.actions import keep_board_photograph
from taole.catalogue.queries import list_items_in_force
from taole.check_sheets.sheets import sheet_in_force
from taole.core.clock import now, today
from taole.core.database import db
from taole.core.ids import new_id
from taole.core.transactions import transaction
from taole.core.words import sentence
from taole.imports.actions import import_ledger
from taole.information_requests.actions import receive
from taole.information_requests.rules import ApplicantKind, RequestChannel
from taole.inspections.extending import ask_extension
from taole.inspections.models import Inspection
from taole.inspections.self_checks import open_self_check
from taole.notices.gate_seals import list_open
from taole.notices.models import Notice, Posting
from taole.notifications.actions import tell_route
from taole.notifications.models import RouteKind
from taole.notifications.routes import add_route
from taole.organisation.actions import SYSTEM
from taole.organisation.queries import find_user, get_unit
from taole.oversight.appraisal import set_appraisal
from taole.oversight.appraisal_rules import Weights
from taole.oversight.received import list_circulars
from taole.rectification_papers.composing import PaperOrder
from taole.rectification_papers.issuing import issue_paper
from taole.rectification_papers.workflow import PaperKind
from taole.registers.models import KeyTask, Training
from tests.app.door_addresses import Behind, pages_to_open
from tests.app.door_forms import forms_to_send
from tests.app.door_table import PEOPLE, TOWNSHIP, VILLAGE
from tests.app.scene_records import (
    findings_in_each_state,
    found_neighbour,
    notice_with_a_phone,
    notices_in_each_state,
    obligations_by_answer,
    open_collection,
)
from tests.attachments.picture_factory import photograph
from tests.imports.ledger_factory import as_csv, line
from tests.rectification_lists.list_factory import grid, loaded_list


@dataclass
class Scene:
    """The application, a browser for each person, and for each endpoint what to open or to send."""

    app: Flask
    database: Path
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    _watcher: sqlite3.Connection | None = None

    @property
    def version(self) -> int:
        """A number that is another after every commit of anybody: the same, and nothing changed."""
        if self._watcher is None:
            self._watcher = sqlite3.connect(self.database)
        (version,) = self._watcher.execute("PRAGMA data_version").fetchone()
        return int(version)

    def keep(self) -> None:
        """Remember how things stand, to come back to it."""
        self.close()
        with closing(sqlite3.connect(self.database)) as writer:
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.database, f"{self.database}.kept")

    def restore(self) -> None:
        self.close()
        for ending in ("-wal", "-shm"):
            Path(f"{self.database}{ending}").unlink(missing_ok=True)
        shutil.copy(f"{self.database}.kept", self.database)

    def close(self) -> None:
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def set_scene(app: Flask, database: Path) -> Scene:
    scene = Scene(app, database)
    with app.app_context(), app.test_request_context():
        with transaction():
            _furnish(scene)
        db.session.remove()
    for person in PEOPLE:
        browser = app.test_client()
        if person != "nobody":
            answer = browser.post("/sign-in", data={"username": person, "password": PASSWORD})
            assert answer.status_code == 302, person
        scene.browsers[person] = browser
    scene.keep()
    return scene


def _furnish(scene: Scene) -> None:
    """Add what the demonstration lacks, and write down every address."""
    village, township = get_unit(VILLAGE), get_unit(TOWNSHIP)
    chen, li, zhou = (find_user(name) for name in ("chen", "li", "zhou"))
    assert chen is not None
    assert li is not None
    assert zhou is not None
    found_neighbour(township)
    notices = notices_in_each_state(village, chen, zhou, li)
    findings = findings_in_each_state(village, chen, li)
    item = list_items_in_force(township.id, today())[0]
    slots = obligations_by_answer(village)
    photo = keep_file(village, photograph(400, 300), "公示栏.jpg", by=chen)
    upload = begin(
        village, new_id(), filename="表.pdf", size=9, owner_id=None, purpose="", by=SYSTEM
    )
    twin = keep_file(village, photograph(400, 300), "公示栏.jpg", by=chen)
    db.session.flush()
    ask_about(twin, LookedLike(photo.id, 0))
    look_alike = _first(LookAlike)
    asked = receive(
        township,
        received_on=today() - timedelta(days=30),
        channel=RequestChannel.POST,
        applicant_kind=ApplicantKind.NATURAL,
        subject="东园村土地流转合同",
        by=li,
    )
    ledger = as_csv([line(公开事项="", 标题="东园村补登的一件", 渠道="查询机")])
    brought = import_ledger(ledger, "台账.csv", paths=(township.path,), by=li)
    assert not brought.faults, brought.faults
    inspection = _first(Inspection)
    entry = _first(Training)
    task = _first(KeyTask)
    posting = db.session.scalars(
        select(Posting)
        .join(Notice)
        .where(Notice.unit_id == village.id, Posting.taken_down_on.is_(None))
    ).first()
    assert posting is not None
    board = keep_board_photograph(village, photograph(900, 700), "公示栏.jpg", by=chen)
    route = add_route(
        township,
        kind=RouteKind.WECOM,
        name="村务公开工作群",
        address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-def",
        by=li,
        at=now(),
    )
    tried = tell_route(
        route,
        township=township,
        key="test",
        title=sentence("测试"),
        text="测试",
        day=today(),
        at=now(),
    )
    delivery = tried.deliveries[0]
    held = zhou.memberships[0]
    set_appraisal(township, is_on=True, weights=Weights(), by=li)
    round_, asks = open_collection(township, village)
    extension = ask_extension(
        findings["open"],
        until_on=max(findings["open"].due_on, today()) + timedelta(days=10),
        reason="玻璃要定做",
        by=chen,
        on=today(),
    )
    circular = list_circulars(township)[0]
    self_check = open_self_check(
        circular, [village], due_on=today() + timedelta(days=7), by=li, at=now()
    )
    listed = loaded_list(
        township, li, grid("序号 | 存在问题 | 责任单位\n1 | 公示栏没有灯 | 东园村"), today()
    )
    paper = issue_paper(PaperOrder(PaperKind.NOTICE, village, today()), by=li)
    behind = Behind(
        notices={state: each.id for state, each in notices.items()},
        findings={state: each.id for state, each in findings.items()},
        slots=slots,
        item=item.id,
        photo=photo.id,
        upload=upload.id,
        look_alike=look_alike.id,
        board=board.id,
        code=posting.notice.public_code,
        request=asked.id,
        brought=brought.import_id,
        inspection=inspection.id,
        check_line=sheet_in_force(inspection.township, inspection.held_on).lines[0].id,
        entry=entry.id,
        task=task.id,
        circular=circular.id,
        listed=listed.inspection_id,
        extension=extension.id,
        self_check=self_check.id,
        paper=paper.id,
        route=route.id,
        delivery=delivery.id,
        ask=asks[village.id],
        office_ask=asks[get_unit(f"{TOWNSHIP}-msfw").id],
        round=f"/rounds/{TOWNSHIP}/{round_.year}/{round_.number}",
        posting=posting.id,
        sealed=list_open(notice_with_a_phone(village, chen))[0].id,
        people=(chen.id, zhou.id),
        held=held.id,
    )
    scene.pages, scene.sent = pages_to_open(behind), forms_to_send(behind)


def _first(model: Any) -> Any:
    found = db.session.scalars(select(model)).first()
    assert found is not None
    return found
