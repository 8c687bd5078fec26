import subprocess
import sys

import pytest
from django.conf import settings

from linkage.papers.content import blank
from linkage.papers.layout import html, paragraphs, signature_rows, voices, written
from tests.papers.samples import letter, notice, receipt


@pytest.mark.parametrize(
    "content", [letter(), notice(), receipt(), blank(), blank(form="joint"), blank(form="receipt")]
)
def test_every_form_is_one_article_without_inline_style(content):
    drawn = html(content)
    assert drawn.count("<article") == 1
    assert f'class="official official-{content["form"]}" lang="zh-CN"' in drawn
    assert "style=" not in drawn
    assert "official-end" not in drawn


def test_text_is_escaped_everywhere():
    evil = "<script>x</script>"
    content = letter(
        issuers=[evil],
        number=evil,
        title=evil,
        to=evil,
        body=[{"level": 1, "text": evil}],
        attachments=[evil],
        signed=[evil],
        note=evil,
        copied=[evil],
    )
    for form in ("letter", "joint", "receipt"):
        facts = {
            "annex": {"title": evil, "body": [{"level": 0, "text": evil}]},
            "printed_by": evil,
            "rows": [[evil, evil]],
        }
        assert "<script" not in html(content | facts | {"form": form})


def test_the_heading_style_ends_at_the_first_full_stop_when_text_follows():
    body = [
        {"level": 1, "text": "一、总则"},
        {"level": 2, "text": "（一）牵头单位：市法制办公室。"},
        {"level": 2, "text": "（二）目的。为了推进依法行政。制定本规则。"},
        {"level": 3, "text": "1.建立机制。双方应当配合。"},
    ]
    assert [(p["lead"], p["text"]) for p in paragraphs(body)] == [
        ("一、总则", ""),
        ("（一）牵头单位：市法制办公室。", ""),
        ("（二）目的。", "为了推进依法行政。制定本规则。"),
        ("", "1.建立机制。双方应当配合。"),
    ]


@pytest.mark.parametrize(
    ("signed", "rows"),
    [
        ([], []),
        (["岑溪市人民法院"], [(1, 3)]),
        (["岑溪市法制办公室", "岑溪市人民法院", "岑溪市人民检察院"], [(3, 3)]),
        (["岑溪市司法局"] * 4, [(3, 3), (1, 3)]),
        (["岑溪市住房和城乡建设局", "岑溪市司法局", "岑溪市公安局"], [(2, 2), (1, 2)]),
        (["中共岑溪市委全面依法治市办", "岑溪市司法局"], [(1, 1), (1, 1)]),
        (["广西壮族自治区岑溪市自然资源局", "岑溪市司法局"], [(1, 0), (1, 0)]),
    ],
)
def test_at_most_three_signatures_stand_in_a_row(signed, rows):
    made = signature_rows(signed)
    assert [(len(row["names"]), row["per_row"]) for row in made] == rows
    assert [name for row in made for name in row["names"]] == signed


def test_dates_have_no_leading_zeros():
    assert (written("2018-04-03"), written("2026-12-28"), written("")) == ("2018年4月3日", "2026年12月28日", "")


def test_a_letter_says_what_a_letter_says():
    drawn = html(letter(to="岑溪市人民法院：", note="（此件公开发布）", signed=["岑溪市自然资源局"]))
    assert ">岑溪市人民法院：</p>" in drawn
    assert ">（此件公开发布）</p>" in drawn
    assert ">抄送：岑溪市司法局，岑溪市人民检察院。</p>" in drawn
    assert ">2.</span>2026年1月至5月行政应诉案件台账</p>" in drawn
    assert "印发</span>" not in drawn


def test_a_single_attachment_has_no_number():
    drawn = html(letter(attachments=["行政处罚决定书"]))
    assert ">附件：</span>行政处罚决定书</p>" in drawn
    assert "official-marker" not in drawn


def test_only_the_lead_agency_heads_a_joint_letter():
    head = html(letter(issuers=["岑溪市人民法院", "岑溪市司法局"])).split("</header>")[0]
    assert "岑溪市人民法院</p>" in head
    assert "岑溪市司法局" not in head


def test_a_draft_keeps_the_place_of_its_number():
    assert '<p class="official-number">　</p>' in html(letter(number=""))


def test_an_annex_is_called_one_only_when_the_text_says_so():
    assert 'official-annex-label">　</p>' in html(notice())
    assert 'official-annex-label">附件</p>' in html(notice(attachments=["工作规则"]))


def test_a_receipt_prints_blank_cells_and_does_not_name_the_court_twice():
    drawn = html(receipt())
    assert '<th scope="row">送达地点</th><td></td>' in drawn
    assert '<span class="official-line">送达回证</span>' in drawn


def test_every_text_has_a_voice():
    texts = voices(letter())
    assert texts["hei"] == "一、关于规范征收补偿告知程序的建议二、关于落实行政机关负责人出庭应诉的建议"
    assert texts["kai"] == "（一）修订情况"
    assert all(
        part in texts["fang"] for part in ("专此函复。", "岑溪市司法局", "0774-8222468", "2026年6月28日", "17号")
    )
    assert texts["title"].startswith("岑溪市自然资源局关于岑法建")


def test_the_web_process_never_loads_weasyprint():
    program = "import sys; from linkage.papers import content, layout, numbering, render; assert 'weasyprint' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, check=True)
