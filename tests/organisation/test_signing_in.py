"""Signing in: who gets in, who is kept out, and for how long."""


def test_the_secretary_of_dongyuan_signs_in(town, sign_in):
    assert sign_in("chen").get("/password").status_code == 200


def test_a_wrong_password_says_so_and_lets_nobody_in(town, app):
    answer = app.test_client().post("/sign-in", data={"username": "chen", "password": "nonsense"})
    assert "账号或密码不对" in answer.get_data(as_text=True)
