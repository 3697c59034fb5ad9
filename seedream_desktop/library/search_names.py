"""The words of the search that mean something, in English and Chinese, and the one way to write each."""

from __future__ import annotations

from seedream_desktop.library.search_terms import TermKind

OPERATORS = {  # the first of each is how ``written`` puts it
    **dict.fromkeys(("tag", "tags", "标签", "標籤"), TermKind.TAG),
    **dict.fromkeys(("model", "模型", "型号"), TermKind.MODEL),
    **dict.fromkeys(("rating", "stars", "评分", "星级", "星标"), TermKind.RATING),
    **dict.fromkeys(("size", "尺寸", "像素", "大小", "分辨率"), TermKind.SIZE),
    **dict.fromkeys(("ratio", "shape", "比例", "形状"), TermKind.RATIO),
    **dict.fromkeys(("date", "日期", "时间"), TermKind.DATE),
    **dict.fromkeys(("board", "项目", "画板", "文件夹"), TermKind.BOARD),
    **dict.fromkeys(("ref", "reference", "参考", "参考图"), TermKind.REFERENCE),
    **dict.fromkeys(("colour", "color", "颜色", "色"), TermKind.COLOUR),
    **dict.fromkeys(("is", "是", "状态"), TermKind.IS),
}
COLOURS = {
    **dict.fromkeys(("red", "红", "红色"), "red"),
    **dict.fromkeys(("orange", "橙", "橙色", "橘", "橘色"), "orange"),
    **dict.fromkeys(("yellow", "黄", "黄色"), "yellow"),
    **dict.fromkeys(("green", "绿", "绿色"), "green"),
    **dict.fromkeys(("teal", "cyan", "turquoise", "青", "青色"), "teal"),
    **dict.fromkeys(("blue", "蓝", "蓝色"), "blue"),
    **dict.fromkeys(("purple", "violet", "紫", "紫色"), "purple"),
    **dict.fromkeys(("pink", "粉", "粉色", "粉红", "粉红色"), "pink"),
    **dict.fromkeys(("brown", "棕", "棕色", "褐", "褐色"), "brown"),
    **dict.fromkeys(("black", "黑", "黑色"), "black"),
    **dict.fromkeys(("white", "白", "白色"), "white"),
    **dict.fromkeys(("grey", "gray", "灰", "灰色"), "grey"),
}
STATES = {
    **dict.fromkeys(("set", "sets", "组图", "套图", "成套"), "set"),
    **dict.fromkeys(("rejected", "淘汰", "已淘汰", "拒绝", "已拒绝", "排除"), "rejected"),
    **dict.fromkeys(("rated", "已评分", "有评分"), "rated"),
    **dict.fromkeys(("unrated", "未评分", "无评分"), "unrated"),
    **dict.fromkeys(("tagged", "有标签", "已标记"), "tagged"),
    **dict.fromkeys(("untagged", "无标签", "未标记"), "untagged"),
    **dict.fromkeys(("titled", "有标题"), "titled"),
    **dict.fromkeys(("noted", "有备注"), "noted"),
    **dict.fromkeys(("edited", "edit", "编辑", "已编辑", "改图"), "edited"),  # made from another picture
    **dict.fromkeys(("imported", "导入", "已导入"), "imported"),
    **dict.fromkeys(("made", "generated", "生成", "已生成"), "made"),
    **dict.fromkeys(("duplicate", "duplicates", "重复"), "duplicate"),  # the same picture twice
}
ANY_REFERENCE = dict.fromkeys(("any", "yes", "some", "有", "任意"), "any")
NO_REFERENCE = dict.fromkeys(("none", "no", "无", "没有"), "none")
REFERENCES = ANY_REFERENCE | NO_REFERENCE
