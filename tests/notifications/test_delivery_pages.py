"""The clerk's pages of group robots and of what was sent."""

from __future__ import annotations

import time_machine
from delivery_factory import MINUTE, NOON, state_of, to_group

from taole.core.database import db
from taole.core.transactions import transaction
from taole.notifications.models import Delivery, DeliveryState
from taole.notifications.outcomes import (
    BAD_LOGIN,
)
from taole.notifications.routes import list_routes


def test_the_clerk_sees_what_failed_and_sends_it_again(town, group, sign_in):
    delivery = to_group(town)
    with transaction():
        kept = db.session.get_one(Delivery, delivery)
        kept.state, kept.error, kept.made_at = DeliveryState.FAILED, BAD_LOGIN, NOON
    with time_machine.travel(NOON + MINUTE, tick=False):
        clerk = sign_in("li")
        said = clerk.get("/reminders/640221106").get_data(as_text=True)
        assert "近 7 天有 1 条邮件或群消息没有发出" in said
        said = clerk.get("/deliveries/640221106?troubled=1").get_data(as_text=True)
        assert "1 条没有发出" in said
        assert "用户名或密码不对" in said
        assert clerk.post(f"/deliveries/{delivery}/again").status_code == 302
        assert state_of(delivery)[0] is DeliveryState.WAITING


def test_a_group_is_added_tried_and_switched_off_on_its_page(town, sign_in):
    clerk = sign_in("li")
    form = {
        "kind": "企业微信群机器人",
        "name": "工作群",
        "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-1234",
        "per_minute": "18",
    }
    wrong = clerk.post("/routes/640221106", data={**form, "address": "1234"})
    assert wrong.status_code == 422
    assert "以 https:// 开头" in wrong.get_data(as_text=True)
    assert clerk.post("/routes/640221106", data=form).status_code == 302
    said = clerk.get("/routes/640221106").get_data(as_text=True)
    assert "…1234" in said
    assert "secret-1234" not in said
    (shown,) = list_routes(town.township.id)
    assert clerk.post(f"/routes/{shown.route.id}/test").status_code == 302
    assert db.session.query(Delivery).count() == 1
    assert clerk.post(f"/routes/{shown.route.id}/switch").status_code == 302
    assert "停用" in clerk.get("/routes/640221106").get_data(as_text=True)
