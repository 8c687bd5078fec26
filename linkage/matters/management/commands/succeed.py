"""`manage.py succeed`: hand over what is open where one unit has succeeded another."""

from django.core.management.base import BaseCommand

from linkage.matters import succession


class Command(BaseCommand):
    help = "机构承继：到了承继之日，把原单位没有办结的事项交给承继单位；可以重复执行。"

    def handle(self, *args, **options):
        rows = succession.due()
        for row in rows:
            self.stdout.write(f"{row}（{row.on}）：移交 {succession.apply(row)} 件")
        if not rows:
            self.stdout.write("没有到期的机构承继。")
