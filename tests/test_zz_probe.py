import time, pytest, cProfile, pstats
from tests.stages import *
pytestmark = pytest.mark.django_db
def test_a(settings):
    settings.PASSWORD_HASHERS=QUICK_PASSWORDS["PASSWORD_HASHERS"]
    s=Stages(); m=s.handling(late=True); s.written(m)
    c=browser(s.handler(s.court))
    for url in ("/suggestions/", f"/suggestions/{m.pk}/", f"/suggestions/{m.pk}/reply/", "/suggestions/999/","/"):
        c.get(url)
        t=time.process_time()
        for _ in range(5): c.get(url)
        print(url, (time.process_time()-t)/5)
    p=cProfile.Profile(); p.enable()
    for _ in range(5): c.get(f"/suggestions/{m.pk}/")
    p.disable(); pstats.Stats(p).sort_stats("cumtime").print_stats(45)
