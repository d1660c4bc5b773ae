"""A mail server and a group robot of this machine, for what leaves the house."""

from __future__ import annotations

from dataclasses import replace

import pytest
from delivery_factory import NOON
from real_servers import post_office, receiver

from taole.core.transactions import transaction
from taole.notifications.models import RouteKind
from taole.notifications.routes import add_route
from taole.settings import Smtp


@pytest.fixture
def settings(app):
    """The settings of the house, to be changed for one test."""
    before = app.config["SETTINGS"]

    def change(**values):
        app.config["SETTINGS"] = replace(before, **values)

    yield change
    app.config["SETTINGS"] = before


@pytest.fixture
def mail(settings):
    with post_office() as office:
        settings(smtp=Smtp("127.0.0.1", office.port, "taole@example.invalid"))
        yield office


@pytest.fixture
def group(town, settings):
    """A 企业微信 group reached through a gateway on this machine."""
    with receiver() as taken:
        settings(webhook_hosts=frozenset({"127.0.0.1"}))
        with transaction():
            taken.route = add_route(
                town.township,
                kind=RouteKind.WECOM,
                name="村务公开工作群",
                address="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc-def",
                gateway=taken.address,
                by=town.li,
                at=NOON,
            )
        yield taken
