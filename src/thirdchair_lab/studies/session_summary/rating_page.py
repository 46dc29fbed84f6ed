"""The blind form as one page of HTML: it asks nobody for anything, and saves what was ticked as CSV on the rater's machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Final

from thirdchair.records import COMPONENTS, Component, Language
from thirdchair_lab.studies.session_summary.rating import COLUMNS, CRITERIA, MADE_UP, Form, Shown

_WORDS: Final = {
    Language.ENGLISH: {
        "title": "Rating of session summaries",
        "lede": "Read each session, then rate every summary of it by itself. The order is shuffled; which method wrote which is kept from you. The people "
        "and sessions are invented. Nothing leaves this page: save the file at the end and send it back.",
        "rater": "Your name or number",
        "session": "Session",
        "transcript": "The session, word for word",
        "summary": "Summary",
        "beside": "Dangers",
        MADE_UP: "Is anything stated that the session does not bear out?",
        "yes": "yes",
        "no": "no",
        "save": "Save as a file (CSV)",
        "empty": "This summary is empty.",
    },
    Language.CHINESE: {
        "title": "会谈小结评分",
        "lede": "请先读会谈，再逐一单独评价每份小结。顺序已打乱，由哪种方法写成不告知您。人物和会谈均为虚构。本页不向外发送任何内容：完成后请保存文件并交回。",
        "rater": "您的姓名或编号",
        "session": "会谈",
        "transcript": "会谈原文",
        "summary": "小结",
        "beside": "危险",
        MADE_UP: "是否写了会谈中没有依据的内容？",
        "yes": "是",
        "no": "否",
        "save": "保存为文件（CSV）",
        "empty": "这份小结是空的。",
    },
}
_CRITERIA: Final = {
    Language.ENGLISH: {
        "affective_attitude": ("Would you like to have this summary?", "rather not", "neither", "gladly"),
        "burden": ("How much work would it be to use it?", "a lot", "some", "hardly any"),
        "ethicality": ("Does it fit what you hold right in care?", "no", "partly", "yes"),
        "coherence": ("Is it clear what each part says, and do they fit together?", "no", "partly", "yes"),
        "opportunity_costs": (
            "What would you lose by using it in the place of your own notes?",
            "much",
            "a little",
            "nothing",
        ),
        "perceived_effectiveness": (
            "Could a colleague go on with the care from it?",
            "no",
            "partly",
            "yes",
        ),
    },
    Language.CHINESE: {
        "affective_attitude": ("您愿意有这样一份小结吗？", "不太愿意", "无所谓", "很愿意"),
        "burden": ("使用它要花多少工夫？", "很多", "一些", "几乎不用"),
        "ethicality": ("它符合您认为的照护中应有的做法吗？", "不符合", "部分符合", "符合"),
        "coherence": ("各部分写了什么清楚吗，彼此连贯吗？", "不", "部分", "是"),
        "opportunity_costs": ("用它代替您自己的记录，会失去什么？", "很多", "一点", "什么也不失去"),
        "perceived_effectiveness": ("同事能凭它接着照护吗？", "不能", "部分能", "能"),
    },
}
_PARTS: Final = {
    Language.ENGLISH: {
        Component.SYMPTOMS_AND_HISTORY: "Symptoms and history",
        Component.PATIENT_DISCOVERY: "What the patient discovered",
        Component.REFLECTING: "Reflecting",
        Component.RISK: "Risk",
        Component.INTERVENTIONS: "Interventions",
        Component.PLAN: "Plan",
    },
    Language.CHINESE: {
        Component.SYMPTOMS_AND_HISTORY: "症状与病史",
        Component.PATIENT_DISCOVERY: "患者自述",
        Component.REFLECTING: "反映",
        Component.RISK: "风险",
        Component.INTERVENTIONS: "干预",
        Component.PLAN: "计划",
    },
}
_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}"
    "section{border-top:1px solid #888;padding-top:1rem}fieldset{border:0;padding:0;margin:.5rem 0}"
    "article{border:1px solid #888;padding:0 1rem 1rem;margin:1rem 0}label{margin-right:1.2rem}h4{margin:.6rem 0 0}"
)
_SCRIPT: Final = """
document.getElementById("save").addEventListener("click", () => {
  const rater = document.getElementById("rater").value.trim();
  if (!rater) { document.getElementById("rater").focus(); return; }
  const quoted = (value) => '"' + value.replaceAll('"', '""') + '"';
  const lines = [COLUMNS.join(",")];
  for (const code of CODES) {
    const ticked = FIELDS.map((field) => {
      const found = document.querySelector(`input[name="${code}/${field}"]:checked`);
      return found ? found.value : "";
    });
    lines.push([FORM, quoted(rater), code, ...ticked].join(","));
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\\n") + "\\n"], {type: "text/csv"}));
  link.download = `ratings-${FORM}.csv`;
  link.click();
});
"""


def page(form: Form, language: Language) -> str:
    """The form, whole in one file."""
    words = _WORDS[language]
    constants = {
        "FORM": form.name,
        "COLUMNS": COLUMNS,
        "FIELDS": (*CRITERIA, MADE_UP),
        "CODES": [one.code for one in form.shown],
    }
    script = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in constants.items()) + _SCRIPT
    body = "\n".join(_sessions(form, language))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{words['title']}</title><style>{_STYLE}</style></head>\n<body>\n<h1>{words['title']}</h1>\n<p>{words['lede']}</p>\n"
        f'<p><label for="rater">{words["rater"]}</label> <input id="rater" autocomplete="off"></p>\n{body}\n'
        f'<p><button id="save" type="button">{words["save"]}</button></p>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def _sessions(form: Form, language: Language) -> Iterator[str]:
    words, before = _WORDS[language], ""
    for one in form.shown:
        if one.session.id != before:
            if before:
                yield "</section>"
            before = one.session.id
            yield (
                f"<section><h2>{words['session']} {escape(one.session.id)}: "
                f'<span lang="{one.session.language}">{escape(one.session.title)}</span></h2>'
            )
            said = "".join(
                f"<p><b>{escape(turn.speaker)}:</b> {escape(turn.text)}</p>"
                for turn in one.session.transcript.utterances
            )
            yield (
                f"<details><summary>{words['transcript']}</summary>"
                f'<div lang="{one.session.language}">{said}</div></details>'
            )
        yield _summary(one, language)
    if before:
        yield "</section>"


def _summary(one: Shown, language: Language) -> str:
    words = _WORDS[language]
    parts = [
        (_PARTS[language][part], " ".join(text for own, text in one.summary.sentences if own is part))
        for part in COMPONENTS
    ]
    parts.append(("", " ".join(text for own, text in one.summary.sentences if own is None)))
    parts.append((words["beside"], " ".join(one.summary.beside.split("\n"))))
    shown = "".join(
        (f"<h4>{heading}</h4>" if heading else "") + f"<p>{escape(text)}</p>"
        for heading, text in parts
        if text
    )
    asked = "".join(
        _choice(
            one.code, criterion, question, [(str(n), f"{n} {answer}") for n, answer in enumerate(answers)]
        )
        for criterion, (question, *answers) in _CRITERIA[language].items()
    )
    asked += _choice(one.code, MADE_UP, words[MADE_UP], [("yes", words["yes"]), ("no", words["no"])])
    return (
        f"<article><h3>{words['summary']} {escape(one.code)}</h3>{shown or words['empty']}{asked}</article>"
    )


def _choice(code: str, field: str, question: str, answers: list[tuple[str, str]]) -> str:
    ticks = "".join(
        f'<label><input type="radio" name="{escape(code)}/{field}" value="{value}"> {answer}</label>'
        for value, answer in answers
    )
    return f"<fieldset><legend>{question}</legend>{ticks}</fieldset>"
