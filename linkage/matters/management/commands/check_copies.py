"""`manage.py check_copies`: proves over all data that nothing went to an agency without the copy to the legal office."""

import sys

from django.core.management.base import BaseCommand

from linkage.matters import copying


class Command(BaseCommand):
    help = "核对抄送：主送行政机关的事项是否都抄送了本地司法局（《工作规则》二、（三）1）；有遗漏时退出码为 1。"

    def handle(self, *args, **options):
        broken = list(copying.without_copy().order_by("pk").values_list("pk", "number", "title"))
        self.stdout.write(f"应当抄送司法局的事项 {copying.bound().count()} 件，遗漏 {len(broken)} 件。")
        for pk, number, title in broken:
            self.stderr.write(f"事项{pk} {number} {title}")
        if broken:
            sys.exit(1)
