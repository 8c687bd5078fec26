def test_it(desk, world):
    from tests.e2e.conftest import sign_in_by_hand
    page = desk()
    sign_in_by_hand(page, world.court_handler)
    assert "今天没有到期事项" in page.inner_text("h1")
