"""`manage.py check_inbox`: derives every inbox row and due date anew and prints what is stored differently."""

import sys
from itertools import chain

from django.core.management.base import BaseCommand

from linkage.matters import proofs
from linkage.matters.models import Deadline, Party


class Command(BaseCommand):
    help = "核对待办：按流程和期限重新推算每个单位的待办、排序日和期限；有出入时退出码为 1。"

    def handle(self, *args, **options):
        wrong = list(chain(proofs.inbox_differences(), proofs.deadline_differences()))
        parties = Party.objects.filter(matter__void=False).count()
        self.stdout.write(f"核对参与单位 {parties} 行、期限 {Deadline.objects.count()} 条，出入 {len(wrong)} 处。")
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            sys.exit(1)
