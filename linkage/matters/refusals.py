"""Why something is not done; each says it in Chinese and carries the HTTP status pages and API answer with."""

from datetime import datetime

from django.utils.timezone import localtime

from .models import Event


def moment(at: datetime) -> str:
    """A moment as people say it: 3月16日 09:10."""
    local = localtime(at)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


class Refused(Exception):
    """A step or read that is refused; `reason` is the sentence people read."""

    status = 403

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class NotVisible(Refused):
    """The matter does not exist for this unit; names no one."""

    status = 404

    def __init__(self):
        super().__init__("没有找到这个事项。")


class NotYours(Refused):
    """Visible, but the step belongs to another part or post."""


class OutOfOrder(Refused):
    """The step does not fit the state the matter is in."""

    status = 409


class Conflict(Refused):
    """Somebody else was faster; `event` is what he did."""

    status = 409

    def __init__(self, event: Event | None, who: str, at: datetime):
        self.event, self.at = event, at
        super().__init__(f"{who}已于{moment(at)}修改。您填写的内容仍在下方，请核对后再提交。")


class Incomplete(Refused):
    """Input that lacks something; `problems` are sentences that say how to mend it."""

    status = 422

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("；".join(problems))
