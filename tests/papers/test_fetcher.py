import pytest

from linkage.papers import render

REFUSED = [
    "http://127.0.0.1:6379/",
    "https://www.gov.cn/a.css",
    "ftp://127.0.0.1/a",
    "file:///etc/passwd",
    "file://server/share/a.png",
    (render.STATIC / "../../manage.py").as_uri(),
    f"{render.STATIC.as_uri()}/%2e%2e/%2e%2e/manage.py",
]


@pytest.fixture
def fetcher():
    from linkage.papers.fetcher import OwnFilesOnly

    return OwnFilesOnly(render.STATIC)


@pytest.mark.parametrize("url", REFUSED)
def test_everything_foreign_is_refused(fetcher, url):
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError, match="may not load"):
        fetcher.fetch(url)


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    from weasyprint.urls import FatalURLFetchingError

    from linkage.papers.fetcher import OwnFilesOnly

    (tmp_path / "secret").write_text("x")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(FatalURLFetchingError):
        OwnFilesOnly(tmp_path / "own").fetch((tmp_path / "own" / "link").as_uri())


def test_data_and_own_static_files_are_given(fetcher):
    assert fetcher.fetch("data:text/plain,abc").read() == b"abc"
    assert fetcher.fetch((render.STATIC / "print.css").as_uri()).read() == (render.STATIC / "print.css").read_bytes()


@pytest.mark.parametrize(
    "tag", ['<img src="{}">', '<link rel="stylesheet" href="{}">', '<p style="background:url({})">a</p>']
)
def test_typesetting_stops_at_a_foreign_address(tag):
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        render._lay_out(tag.format("file:///etc/passwd"))
