"""E-mail through a real mail server: taken, refused, put off, never answered."""

import socket

import pytest
from real_servers import post_office

from taole.notifications.mail import check_login, send_mail
from taole.notifications.outcomes import (
    BAD_LOGIN,
    LOST,
    NO_ANSWER,
    TROUBLE,
    UNKNOWN_ADDRESS,
)
from taole.settings import SettingFault, Settings, Smtp

CHEN = "chen@example.invalid"


def server(office, **values):
    return Smtp("127.0.0.1", office.port, "taole@example.invalid", **values)


def send(to_server, to=CHEN, **values):
    return send_mail(
        to_server,
        to=to,
        subject="还有 5 件事要办\n其中 2 件已超期",
        body="马太沟村：残疾人两项补贴发放（超5天）",
        message_id="0191",
        timeout=values.pop("timeout", 5),
    )


def test_a_mail_arrives_readable_with_an_id_of_its_own():
    with post_office() as office:
        assert send(server(office)).is_sent
        (mail,) = office.mails
    assert mail["Subject"] == "还有 5 件事要办 其中 2 件已超期"
    assert mail["Message-ID"] == "<0191@example.invalid>"
    assert mail["To"] == CHEN
    assert "残疾人两项补贴发放（超5天）" in mail.get_content()


def test_an_address_that_nobody_knows_is_not_tried_again():
    with post_office() as office:
        office.answers[CHEN] = "550 no such user"
        outcome = send(server(office))
    assert (outcome.reason, outcome.is_final) == (UNKNOWN_ADDRESS, True)


def test_a_full_mailbox_is_tried_again():
    with post_office() as office:
        office.answers[CHEN] = "451 try later"
        outcome = send(server(office))
    assert (outcome.reason, outcome.is_final) == (TROUBLE, False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_wrong_password_is_said_and_a_right_one_goes():
    with post_office(password="right") as office:
        wrong = send(server(office, user="taole@example.invalid", password="wrong"))
        right = send(server(office, user="taole@example.invalid", password="right"))
    assert (wrong.reason, wrong.is_final) == (BAD_LOGIN, True)
    assert right.is_sent


def test_a_server_that_falls_silent_over_the_letter_leaves_us_unsure():
    with post_office() as office:
        office.silent = True
        assert send(server(office), timeout=0.3) == LOST


def test_a_server_that_does_not_even_greet_is_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        to = Smtp("127.0.0.1", mute.getsockname()[1], "taole@example.invalid")
        outcome = send(to, timeout=0.3)
    assert (outcome.reason, outcome.is_final) == (NO_ANSWER, False)


def test_the_login_can_be_tried_without_sending():
    with post_office() as office:
        assert check_login(server(office)).is_sent
        assert office.mails == []
    assert check_login(server(office), timeout=1).reason == NO_ANSWER


def test_a_server_that_is_not_there_is_tried_again():
    with post_office() as office:
        gone = server(office)
    assert send(gone, timeout=1).reason == NO_ANSWER


def test_a_server_without_encryption_gets_no_mail_when_encryption_is_asked_for():
    with post_office() as office:
        assert not send(server(office, starttls=True)).is_sent
        assert office.mails == []


def read(url, tmp_path):
    return Settings.from_environment({"TAOLE_INSTANCE": str(tmp_path), "TAOLE_SMTP_URL": url}).smtp


def test_the_mail_server_is_read_from_one_variable(tmp_path):
    smtp = read("smtps://taole%40example.invalid:s%3Acret@mail.example.invalid", tmp_path)
    assert (smtp.host, smtp.port, smtp.is_tls) == ("mail.example.invalid", 465, True)
    assert (smtp.user, smtp.password) == ("taole@example.invalid", "s:cret")
    assert smtp.sender == "taole@example.invalid"
    assert "cret" not in repr(smtp)
    assert read("", tmp_path) is None


@pytest.mark.parametrize("url", ["http://x", "smtp://host", "smtp://u:p@host:port/?from=a@b"])
def test_a_wrong_mail_server_is_named_with_how_it_is_written(url, tmp_path):
    with pytest.raises(SettingFault, match="TAOLE_SMTP_URL"):
        read(url, tmp_path)
