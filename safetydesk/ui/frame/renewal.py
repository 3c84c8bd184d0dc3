"""Data that were moved, copied or restored take a new number before they write. Design: section 4, rule 5."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Slot

from safetydesk.ui.shell import Shell
from safetydesk.ui.text import tr


class Renewal(QObject):
    """Asked once after every opening; silent where the data are where they always were."""

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell

    def look(self) -> None:
        self._begin(_Looking(self._shell.desk), self._on_looked)

    def _begin(self, work: Any, on_done: Any) -> None:
        task = self._shell.runner.lane(work)
        task.succeeded.connect(on_done)
        task.failed.connect(self._shell.messages.trouble)
        task.start()

    @Slot(object)
    def _on_looked(self, is_stranger: bool) -> None:
        if not is_stranger:
            return
        self._shell.asker.ask(
            tr("这份数据是搬来的、复制的，或者从备份恢复的"),
            tr(
                "为了不让两台电脑用出同一个文号，接着写之前要换用新的编号和文号字头。已有的检查、隐患和文书一样不少，"
                "签发过的文号也不变。不换也可以看，但不能改。"
            ),
            tr("换用新编号，接着用"),
            self._on_renewal_wanted,
            on_no=self._on_renewal_refused,
        )

    @Slot()
    def _on_renewal_wanted(self) -> None:
        self._begin(_Renewing(self._shell.desk), self._on_renewed)

    @Slot()
    def _on_renewal_refused(self) -> None:
        self._shell.messages.tell(tr("现在只能看，不能改。下次打开时会再问。"))

    @Slot(object)
    def _on_renewed(self, _made: object) -> None:
        self._shell.messages.tell(tr("已换用新的编号和文号字头，可以接着用了。"))


class _Looking:
    def __init__(self, desk: Any) -> None:
        self._desk = desk

    def __call__(self, _progress: object) -> bool:
        from safetydesk.workflows.opening import is_stranger

        return is_stranger(self._desk)


class _Renewing:
    def __init__(self, desk: Any) -> None:
        self._desk = desk

    def __call__(self, _progress: object) -> object:
        from safetydesk.workflows.setting_up import renew_replica

        return renew_replica(self._desk)
