"""`manage.py check_series`: finds numbers that a series gave out and no paper bears."""

import sys

from django.core.management.base import BaseCommand

from linkage.matters import proofs
from linkage.matters.models import Series


class Command(BaseCommand):
    help = "核对文号：平台顺序编号有没有空号；有空号时退出码为 1。"

    def handle(self, *args, **options):
        gaps = list(proofs.series_gaps())
        self.stdout.write(f"核对文号序列 {Series.objects.count()} 个，空号 {len(gaps)} 个。")
        for sentence in gaps:
            self.stderr.write(sentence)
        if gaps:
            sys.exit(1)
