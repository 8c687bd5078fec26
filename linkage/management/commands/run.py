"""`manage.py run`: the whole portal on one machine, with everything it needs as children that end with it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from linkage.management import programs
from linkage.management.children import Child, die_with
from linkage.management.greeting import Greeting
from linkage.management.premises import AlreadyRunningError, Premises, listen
from linkage.management.supervisor import Signals, Supervisor
from linkage.units.models import Unit

PATIENCE = 60  # seconds until the web server should have answered


def age_of_this_process() -> float:
    """Seconds since it was started, Python's own start included."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


class Command(BaseCommand):
    help = "启动平台：消息服务、网页服务、后台任务、定时任务，按 Ctrl-C 停止"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认 127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000；已被占用时改用下一个，0 为任意")
        parser.add_argument("--without-demo", action="store_true", help="数据库为空时不载入演示数据")

    def handle(self, *args: Any, **options: Any) -> None:
        if not shutil.which("redis-server"):
            raise CommandError("没有 redis-server：请运行 make run，或安装软件包 redis-server")
        try:
            self.premises = Premises(Path(settings.DATA_DIR))
        except AlreadyRunningError as error:
            raise CommandError(f"平台已在运行，或正在启动。{error}") from None
        try:
            with listen(options["host"], options["port"]) as self.door, Signals() as self.signals:
                self.run(options)
        finally:
            self.premises.leave()

    def run(self, options: dict[str, Any]) -> None:
        """Start, tell the address and stay until asked to stop; whatever happens, no child is left."""
        if options["port"] not in (0, self.port):
            self.say(f"端口 {options['port']} 已被占用，改用 {self.port}")
        self.supervisor = Supervisor(self.children(), self.signals, self.say)
        try:
            self.serve(with_demo=not options["without_demo"])
        finally:
            self.say("正在停止…")
            self.supervisor.stop()
            self.say("已停止")

    def serve(self, *, with_demo: bool) -> None:
        """Redis first, for the demo wakes workers; then the pages people wait for; then the work behind them."""
        self.supervisor.start(1)
        self.say("准备数据库…")
        call_command("migrate", interactive=False, verbosity=0)
        empty = not Unit.objects.exists()
        connections.close_all()
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of one that is missing
        if empty and with_demo and self.load_demo():
            return
        self.supervisor.start(2)
        if not self.wait_for_pages():
            self.supervisor.start()
            self.greet()
            self.supervisor.watch()

    def load_demo(self) -> bool:
        """Fill the empty database, as a whole or not at all; True when asked to stop meanwhile."""
        self.say("数据库为空，载入演示数据…")
        demo = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            process_group=0,  # Ctrl-C is for us, who then stop it
            preexec_fn=die_with(os.getpid()),
        )
        if self.supervisor.watch(until=lambda: demo.poll() is not None):
            demo.terminate()
            demo.wait()
            return True
        if demo.returncode:
            raise CommandError("演示数据没有载入，请看上面的说明")
        return False

    def wait_for_pages(self) -> bool:
        """True when asked to stop meanwhile."""
        answered = Greeting(self.door.getsockname()[:2])
        late = time.monotonic() + PATIENCE
        if self.supervisor.watch(until=lambda: answered() or time.monotonic() > late):
            return True
        if time.monotonic() > late:
            self.say(f"网页服务 {PATIENCE} 秒内没有应答，请看 {self.premises.logs / 'web.log'}")
        else:
            self.say(f"已就绪，用时 {age_of_this_process():.1f} 秒")
        return False

    def greet(self) -> None:
        self.premises.note(self.address)
        self.say(f"地址    {self.address}")
        self.say("登录    用户名和口令在首次载入演示数据时显示一次")
        self.say("        忘记口令：.venv/bin/python manage.py demo --passwords")
        self.say("停止    按 Ctrl-C")

    @property
    def port(self) -> int:
        return int(self.door.getsockname()[1])

    @property
    def address(self) -> str:
        host = self.door.getsockname()[0]
        host = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)  # noqa: S104 not bound to
        return f"http://[{host}]:{self.port}/" if ":" in host else f"http://{host}:{self.port}/"

    @property
    def environment(self) -> dict[str, str]:
        """What the children are told: the private Redis, and the address of the pages unless the site has named one."""
        redis = f"unix://{self.premises.runtime}/redis.sock"
        return {"SITE_URL": self.address.rstrip("/")} | os.environ | {"REDIS_URL": redis, "PYTHONUNBUFFERED": "1"}

    def children(self) -> list[Child]:
        logs = self.premises.logs
        all_programs = [
            programs.redis(self.premises.runtime, logs),
            programs.web(self.door.fileno(), logs),
            programs.worker(logs),
            programs.beat(self.premises.state, logs),
        ]
        return [Child(program, self.environment) for program in all_programs]

    def say(self, line: str) -> None:
        self.stdout.write(f"[{time.strftime('%H:%M:%S')}] {line}")
        self.stdout.flush()
