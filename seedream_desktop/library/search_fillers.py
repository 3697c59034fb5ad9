"""Words of a plain sentence that ask for nothing: "that blue one from March", 三月那张蓝色的.

They are left out only where another word of the line was guessed, and only as whole plain words; quoted,
behind a minus or an operator, and in a line without anything guessed they are words as any other.
"""

from __future__ import annotations

from collections.abc import Callable

# Not among them is what turns a sentence round: not, no, without, or, 不, 没, 或.
_ENGLISH = frozenset(
    "a an the this that these those it its one ones some my our your we i you me us they which who is are "
    "was were be been has have had did do made from in on at of by for to with and there picture pictures "
    "image images".split()
)
_CHINESE = frozenset(
    "的 那 那张 那个 那幅 那些 那种 这 这张 这个 这幅 这些 这种 一张 一个 一幅 一些 几张 张 幅 图 图片 图像 "
    "照片 有 在 和 跟 与 是 我 我们 我的 做的 生成的 里 里的 里面 中 时 时候 从 找 找出 给我 所有".split()
)
_RUN_LONGEST = 24  # characters of a Chinese sentence without blanks
_PIECE_LONGEST = 11  # 2026年12月31日


def is_filler(words: str) -> bool:
    """Whether ``words``, folded, ask for nothing in a sentence."""
    return words in _ENGLISH or words in _CHINESE


def pieces(words: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """The words of a sentence that is written without blanks; none where it holds anything but fillers and
    what ``is_known``. A colour of one sign counts before 的 only: 蓝图 is no blue picture.
    """
    if words.isascii() or len(words) > _RUN_LONGEST:
        return ()
    dead_ends = set[int]()

    def from_place(start: int) -> tuple[str, ...] | None:
        if start == len(words):
            return ()
        if start in dead_ends:
            return None
        for end in range(min(len(words), start + _PIECE_LONGEST), start, -1):
            piece = words[start:end]
            fits = is_filler(piece) or ((end - start > 1 or words[end : end + 1] == "的") and is_known(piece))
            if fits and (rest := from_place(end)) is not None:
                return (piece, *rest)
        dead_ends.add(start)
        return None

    found = from_place(0) or ()
    return found if any(not is_filler(piece) for piece in found) else ()
