"""ISCO-08 ↔ STYRK-08, for unit groups (four digits). STYRK is Norway's version of ISCO, and not the same.

Statistics count by STYRK, ESCO's occupations by ISCO. Nearly all codes are equal. The traps:
STYRK has split ISCO 2221 (nurses) into 2221 (specialist nurses) and 2223 (nurses); 2224 (social educators),
3439 (other artistic work) and 0000 (unspecified) are Norwegian only, and 33 ISCO groups have no STYRK group.

Sources: Statistics Norway, Klass version 319 (STYRK-08); the ISCO groups of ESCO 1.1.1.
"""

from __future__ import annotations

from typing import Final


def _codes(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Codes that both have and that mean the same; 2221 stands here and is a trap: see below.
IN_BOTH: Final = _codes(
    """
    0110 0210 0310 1111 1112 1114 1120 1211 1212 1213 1219 1221 1222 1223 1311 1312 1321 1322 1323 1324 1330
    1341 1342 1343 1344 1345 1346 1349 1411 1412 1420 1431 1439 2111 2112 2113 2114 2120 2131 2132 2133 2141
    2142 2143 2144 2145 2146 2149 2151 2152 2153 2161 2162 2163 2164 2165 2166 2211 2212 2221 2222 2250 2261
    2262 2263 2264 2265 2266 2267 2269 2310 2320 2330 2341 2342 2351 2352 2353 2354 2355 2356 2359 2411 2412
    2413 2421 2422 2423 2424 2431 2432 2433 2434 2511 2512 2513 2514 2519 2521 2522 2523 2529 2611 2612 2619
    2621 2622 2631 2632 2633 2634 2635 2636 2641 2642 2643 2651 2652 2653 2654 2655 2656 2659 3112 3113 3114
    3115 3116 3117 3118 3119 3121 3122 3123 3131 3132 3133 3134 3135 3139 3141 3142 3143 3151 3152 3153 3154
    3155 3211 3212 3213 3214 3230 3240 3251 3254 3256 3257 3258 3259 3311 3312 3313 3315 3321 3322 3323 3324
    3331 3332 3333 3334 3339 3341 3342 3343 3351 3352 3353 3354 3355 3359 3411 3412 3413 3421 3422 3423 3431
    3432 3433 3434 3511 3512 3513 3514 3521 3522 4110 4131 4132 4211 4212 4213 4214 4221 4222 4223 4224 4225
    4226 4227 4229 4311 4312 4313 4321 4322 4323 4411 4412 4413 4415 4416 5111 5112 5113 5120 5131 5132 5141
    5142 5151 5152 5153 5161 5163 5164 5165 5169 5211 5212 5221 5222 5223 5230 5241 5242 5243 5244 5245 5246
    5249 5311 5312 5321 5322 5329 5411 5413 5414 5419 6111 6112 6113 6114 6121 6122 6123 6129 6130 6210 6221
    6222 6224 7112 7113 7114 7115 7119 7121 7122 7123 7124 7125 7126 7127 7131 7132 7133 7211 7212 7213 7214
    7215 7221 7222 7223 7224 7231 7232 7233 7234 7311 7312 7313 7314 7315 7316 7317 7318 7319 7321 7322 7323
    7411 7412 7413 7421 7422 7511 7512 7513 7514 7515 7522 7531 7532 7534 7535 7536 7541 7542 7543 7544 7549
    8111 8112 8113 8114 8121 8122 8131 8132 8141 8142 8143 8151 8152 8153 8154 8155 8156 8157 8159 8160 8171
    8172 8181 8182 8183 8189 8211 8212 8219 8311 8312 8322 8331 8332 8341 8342 8343 8344 8350 9111 9112 9122
    9123 9129 9211 9212 9213 9214 9215 9216 9311 9312 9313 9321 9329 9331 9333 9334 9412 9510 9611 9612 9613
    9621 9622 9623 9629
    """
)

ONLY_STYRK: Final = _codes("0000 2223 2224 3439")

ONLY_ISCO: Final = _codes(
    """
    1113 2230 2240 3111 3221 3222 3252 3253 3255 3314 3344 3435 4120 4414 4419 5162 5412 6223 6310 6320 6330
    6340 7111 7516 7521 7523 7533 8321 9121 9332 9411 9520 9624
    """
)

_NURSES_IN_ISCO: Final = "2221"
_SPECIALIST_NURSES_IN_STYRK: Final = "2221"
_NURSES_IN_STYRK: Final = "2223"


def isco_to_styrk(code: str) -> tuple[str, ...]:
    """The STYRK-08 groups that an ISCO-08 group became, the main one first; empty: not mapped.

    Raises ValueError for what is no ISCO-08 unit group.
    """
    if code not in IN_BOTH and code not in ONLY_ISCO:
        raise ValueError(f"not an ISCO-08 unit group: {code!r}")
    if code == _NURSES_IN_ISCO:
        return (_NURSES_IN_STYRK, _SPECIALIST_NURSES_IN_STYRK)
    return (code,) if code in IN_BOTH else ()


def styrk_to_isco(code: str) -> tuple[str, ...]:
    """The ISCO-08 groups that a STYRK-08 group comes from; empty: not mapped.

    Raises ValueError for what is no STYRK-08 unit group.
    """
    if code not in IN_BOTH and code not in ONLY_STYRK:
        raise ValueError(f"not a STYRK-08 unit group: {code!r}")
    if code in (_NURSES_IN_STYRK, _SPECIALIST_NURSES_IN_STYRK):
        return (_NURSES_IN_ISCO,)
    return (code,) if code in IN_BOTH else ()


def is_styrk(code: str) -> bool:
    """Whether it is a STYRK-08 unit group."""
    return code in IN_BOTH or code in ONLY_STYRK


def is_isco(code: str) -> bool:
    """Whether it is an ISCO-08 unit group."""
    return code in IN_BOTH or code in ONLY_ISCO
