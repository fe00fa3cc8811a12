"""Words that people write in cells for a language and a level, whatever the table is about."""

from __future__ import annotations

from kompetanseforum.core.tables.cells import by_name, choice

language = choice(by_name({
    "nb": ("bokmål", "norsk", "norsk bokmål", "no", "nob", "norwegian"),
    "nn": ("nynorsk", "norsk nynorsk", "nno"),
    "en": ("engelsk", "english", "eng"),
}))  # fmt: skip

level = choice(by_name({
    "intro": ("introduction", "innføring", "grunnleggende", "grunnleggjande", "grunnkurs", "basic"),
    "trade": ("trade certificate", "trade certificate level", "fagbrev", "fagbrevnivå", "svennebrev", "yrkesfag",
              "videregående", "vidaregåande", "vgs", "vocational"),
    "college": ("fagskole", "fagskule", "fagskolenivå", "høgskole", "høyskole", "høgskule", "høgskolenivå", "bachelor",
                "college level", "higher vocational"),
    "master": ("masternivå", "masters", "master's level", "mastergrad"),
}))  # fmt: skip
