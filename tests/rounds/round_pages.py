"""The addresses of 第19期, and what its pages say."""

HOME = "/rounds/640221106"
NINETEENTH = f"{HOME}/2023/19"


def text(answer):
    return answer.get_data(as_text=True)
