"""Group robots against a real receiver: what each service answers, in words and in time."""

import json
from datetime import timedelta

import pytest
from real_servers import receiver

from taole.core.errors import Refused
from taole.notifications.models import RouteKind
from taole.notifications.outcomes import (
    BUSY,
    KEYWORD,
    LOST,
    NO_ANSWER,
    NO_ROBOT,
    NOT_ALLOWED_HOST,
    REFUSED,
    TROUBLE,
)
from taole.notifications.robot_addresses import hint_of, read_address, read_gateway
from taole.notifications.robots import check_robot, send_by_robot

ADDRESSES = {
    RouteKind.WECOM: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4",
    RouteKind.DINGTALK: "https://oapi.dingtalk.com/robot/send?access_token=f00d1234",
    RouteKind.FEISHU: "https://open.feishu.cn/open-apis/bot/v2/hook/c0ffee-12",
}
TEXT = "【村务公开】马太沟村：残疾人两项补贴发放（超5天）"


def send(kind, taken, secret="", **values):
    kept = json.loads(read_address(kind, ADDRESSES[kind], secret))
    return send_by_robot(
        kind,
        kept,
        title="提醒",
        text=TEXT,
        gateway=taken.address,
        allowed_hosts=frozenset({"127.0.0.1"}),
        timeout=values.pop("timeout", 3),
    )


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        (
            RouteKind.WECOM,
            "/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4",
            lambda body: (body["msgtype"], body["text"]["content"]),
        ),
        (
            RouteKind.DINGTALK,
            "/robot/send?access_token=f00d1234",
            lambda body: (body["msgtype"], body["text"]["content"]),
        ),
        (
            RouteKind.FEISHU,
            "/open-apis/bot/v2/hook/c0ffee-12/",
            lambda body: (body["msg_type"], body["content"]["text"]),
        ),
    ],
)
def test_the_text_reaches_the_group_as_its_service_wants_it(kind, path, said):
    with receiver() as taken:
        assert send(kind, taken).is_sent
    ((address, body),) = taken.got
    assert address == path
    assert said(body) == ("text", TEXT)


def test_a_secret_of_dingtalk_signs_the_message():
    with receiver() as taken:
        assert send(RouteKind.DINGTALK, taken, secret="SEC123").is_sent
    assert "sign=" in taken.got[0][0]
    assert "timestamp=" in taken.got[0][0]


@pytest.mark.parametrize(
    ("kind", "code", "reason", "is_final"),
    [
        (RouteKind.WECOM, {"errcode": 45009}, BUSY, False),
        (RouteKind.WECOM, {"errcode": 93000}, NO_ROBOT, True),
        (RouteKind.WECOM, {"errcode": 40058}, REFUSED, True),
        (RouteKind.DINGTALK, {"errcode": 130101}, BUSY, False),
        (RouteKind.DINGTALK, {"errcode": 310000, "errmsg": "keywords"}, KEYWORD, True),
        (RouteKind.FEISHU, {"code": 11232}, BUSY, False),
        (RouteKind.FEISHU, {"code": 19024}, KEYWORD, True),
    ],
)
def test_a_two_hundred_with_an_error_in_its_body_is_no_success(kind, code, reason, is_final):
    with receiver() as taken:
        taken.answer = lambda _n: (200, {}, code)
        outcome = send(kind, taken)
    assert (outcome.reason, outcome.is_final) == (reason, is_final)


@pytest.mark.parametrize(
    ("status", "reason", "is_final"),
    [
        (403, NO_ROBOT, True),
        (404, NO_ROBOT, True),
        (500, TROUBLE, False),
        (502, TROUBLE, False),
        (400, REFUSED, True),
    ],
)
def test_what_the_service_answers_decides_whether_it_is_tried_again(status, reason, is_final):
    with receiver() as taken:
        taken.answer = lambda _n: (status, {}, {})
        outcome = send(RouteKind.WECOM, taken)
    assert (outcome.reason, outcome.is_final) == (reason, is_final)


def test_too_many_requests_waits_as_long_as_the_service_asks():
    with receiver() as taken:
        taken.answer = lambda _n: (429, {"Retry-After": "90"}, {})
        outcome = send(RouteKind.FEISHU, taken)
    assert (outcome.reason, outcome.wait) == (BUSY, timedelta(seconds=90))


def test_a_service_that_hangs_or_hangs_up_over_the_message_leaves_us_unsure():
    with receiver() as taken:
        taken.hang = 1.0
        assert send(RouteKind.WECOM, taken, timeout=0.2) == LOST
        taken.hang, taken.answer = 0.0, lambda _n: (0, {}, {})
        assert send(RouteKind.WECOM, taken) == LOST


def test_a_service_that_was_never_reached_is_tried_again():
    with receiver() as taken:
        pass
    outcome = send(RouteKind.WECOM, taken)
    assert (outcome.reason, outcome.is_final) == (NO_ANSWER, False)


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        (RouteKind.DINGTALK, {"token": "f00d_12"}),
        (RouteKind.DINGTALK, {"token": "f00d12", "secret": "not a secret"}),
        (RouteKind.WECOM, {"key": "密钥"}),
    ],
)
def test_a_key_that_no_robot_has_is_refused_when_it_is_added(kind, kept):
    with pytest.raises(Refused, match="密钥写得不对"):
        check_robot(kind, kept)


def test_a_redirection_to_elsewhere_is_not_followed():
    with receiver() as elsewhere, receiver() as taken:
        taken.answer = lambda _n: (302, {"Location": f"{elsewhere.address}/steal"}, {})
        assert send(RouteKind.WECOM, taken).reason == REFUSED
    assert elsewhere.got == []


def test_a_webhook_gets_json_and_may_not_reach_into_the_house():
    with receiver() as taken:
        kept = json.loads(read_address(RouteKind.WEBHOOK, f"{taken.address}/in?token=7"))
        refused = send_by_robot(RouteKind.WEBHOOK, kept, title="提醒", text=TEXT)
        went = send_by_robot(
            RouteKind.WEBHOOK,
            kept,
            title="提醒",
            text=TEXT,
            allowed_hosts=frozenset({"127.0.0.1"}),
        )
    assert (refused.reason, refused.is_final) == (NOT_ALLOWED_HOST, True)
    assert went.is_sent
    ((path, body),) = taken.got
    assert path == "/in?token=7"
    assert (body["title"], body["message"]) == ("提醒", TEXT)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (RouteKind.WECOM, "693a91f6"),
        (RouteKind.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"),
        (RouteKind.WECOM, ADDRESSES[RouteKind.FEISHU]),
        (RouteKind.DINGTALK, "https://oapi.dingtalk.com/robot/send?access_token="),
        (RouteKind.FEISHU, "https://open.feishu.cn/open-apis/bot/v2/hook/"),
        (RouteKind.WEBHOOK, "ftp://example.invalid/x"),
        (RouteKind.WEBHOOK, "https://example.invalid:port/"),
    ],
)
def test_what_is_no_address_of_that_kind_is_refused_in_words(kind, address):
    with pytest.raises(Refused) as refusal:
        read_address(kind, address)
    assert "地址" in str(refusal.value)


def test_of_an_address_only_the_last_signs_are_shown():
    kept = json.loads(read_address(RouteKind.WECOM, ADDRESSES[RouteKind.WECOM]))
    assert hint_of(kept) == "…4bc4"
    assert read_gateway(" https://out.example.invalid/ ") == "https://out.example.invalid"
    with pytest.raises(Refused, match="网关"):
        read_gateway("out.example.invalid")
