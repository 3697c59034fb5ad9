<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Acting</name>
    <message>
        <source>{count} of {pictures} could be taken back or done again.</source>
        <translation>{pictures}中有 {count} 张可以撤销或重做。</translation>
    </message>
    <message>
        <source>{done} {pictures} stay as they were.</source>
        <translation>{done}其余{pictures}保持原样。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{pictures} rated.</source>
        <translation>已为{pictures}图片评分。</translation>
    </message>
    <message>
        <source>{pictures} rejected.</source>
        <translation>已淘汰{pictures}图片。</translation>
    </message>
    <message>
        <source>{pictures} no longer rejected.</source>
        <translation>已取消淘汰 {pictures}。</translation>
    </message>
    <message>
        <source>{pictures} tagged.</source>
        <translation>已为{pictures}图片添加标签。</translation>
    </message>
    <message>
        <source>Note of {pictures} changed.</source>
        <translation>已修改{pictures}图片的备注。</translation>
    </message>
    <message>
        <source>{pictures} renamed.</source>
        <translation>已重命名{pictures}图片。</translation>
    </message>
    <message>
        <source>{pictures} moved.</source>
        <translation>{pictures}图片已移动。</translation>
    </message>
    <message>
        <source>{pictures} moved to the trash.</source>
        <translation>{pictures}图片已移到回收站。</translation>
    </message>
    <message>
        <source>{pictures} put back.</source>
        <translation>已放回{pictures}图片。</translation>
    </message>
    <message>
        <source>The tag is renamed on {pictures}.</source>
        <translation>已在{pictures}图片上重命名标签。</translation>
    </message>
    <message>
        <source>Move {pictures} to the system&apos;s trash?</source>
        <translation>移到系统回收站？（{pictures}）</translation>
    </message>
    <message>
        <source>Move to the system&apos;s trash</source>
        <translation>移到系统回收站</translation>
    </message>
    <message>
        <source>Empty the trash? {pictures} go to the system&apos;s trash.</source>
        <translation>清空回收站？其中的图片会移到系统回收站（{pictures}）。</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>{pictures} moved to the system&apos;s trash, in one folder with what made them.</source>
        <translation>{pictures}图片已移到系统回收站，与生成记录放在同一个文件夹中。</translation>
    </message>
    <message>
        <source>There is no system trash for this library. Delete {pictures} for good?</source>
        <translation>此图库没有系统回收站可用。永久删除{pictures}图片？</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>What they cost stays on record.</source>
        <translation>花费记录会保留。</translation>
    </message>
    <message>
        <source>What it cost stays on record.</source>
        <translation>花费记录会保留。</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>{pictures} from Seedream Desktop</source>
        <translation>Seedream Desktop 的 {pictures}图片</translation>
    </message>
    <message>
        <source>{pictures} ({size})</source>
        <translation>{pictures}，{size}</translation>
    </message>
</context>
<context>
    <name>ActivityPanel</name>
    <message>
        <source>Work under way</source>
        <translation>正在进行的操作</translation>
    </message>
</context>
<context>
    <name>ActivityRow</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel: {what}</source>
        <translation>取消：{what}</translation>
    </message>
    <message>
        <source>Stop here; what is done stays done</source>
        <translation>到此为止，已完成的部分保留</translation>
    </message>
    <message>
        <source>{what}: stopping…</source>
        <translation>{what}：正在停止…</translation>
    </message>
    <message>
        <source>{what}: {done} of {total}</source>
        <translation>{what}：{done} / {total}</translation>
    </message>
    <message>
        <source>{what}…</source>
        <translation>{what}…</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>正在读取图库</translation>
    </message>
    <message>
        <source>Checking the library</source>
        <translation>正在检查图库</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>Making thumbnails</source>
        <translation>正在生成缩略图</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>正在评分</translation>
    </message>
    <message>
        <source>Rejecting</source>
        <translation>正在淘汰</translation>
    </message>
    <message>
        <source>Taking rejections back</source>
        <translation>正在取消淘汰</translation>
    </message>
    <message>
        <source>Tagging</source>
        <translation>正在添加标签</translation>
    </message>
    <message>
        <source>Noting</source>
        <translation>正在写备注</translation>
    </message>
    <message>
        <source>Renaming</source>
        <translation>正在重命名</translation>
    </message>
    <message>
        <source>Moving to another board</source>
        <translation>正在移到其他项目</translation>
    </message>
    <message>
        <source>Moving to the trash</source>
        <translation>正在移到回收站</translation>
    </message>
    <message>
        <source>Putting back from the trash</source>
        <translation>正在从回收站放回</translation>
    </message>
    <message>
        <source>Emptying the trash</source>
        <translation>正在清空回收站</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>Making working copies</source>
        <translation>正在制作工作副本</translation>
    </message>
    <message>
        <source>Handing a board over</source>
        <translation>正在移交项目</translation>
    </message>
    <message>
        <source>Forgetting a board</source>
        <translation>正在彻底清除项目</translation>
    </message>
    <message>
        <source>Renaming a tag</source>
        <translation>正在重命名标签</translation>
    </message>
    <message>
        <source>Ordering pictures</source>
        <translation>正在排列图片</translation>
    </message>
    <message>
        <source>Making a board</source>
        <translation>正在新建项目</translation>
    </message>
    <message>
        <source>Renaming a board</source>
        <translation>正在重命名项目</translation>
    </message>
    <message>
        <source>Moving a board</source>
        <translation>正在移动项目</translation>
    </message>
    <message>
        <source>Ordering boards</source>
        <translation>正在排列项目</translation>
    </message>
    <message>
        <source>Setting up a board</source>
        <translation>正在设置项目</translation>
    </message>
    <message>
        <source>Moving a board to the trash</source>
        <translation>正在把项目移到回收站</translation>
    </message>
    <message>
        <source>Saving a search</source>
        <translation>正在保存搜索</translation>
    </message>
    <message>
        <source>Renaming a saved search</source>
        <translation>正在重命名已存搜索</translation>
    </message>
    <message>
        <source>Changing a saved search</source>
        <translation>正在更改已存搜索</translation>
    </message>
    <message>
        <source>Removing a saved search</source>
        <translation>正在移除已存搜索</translation>
    </message>
    <message>
        <source>Saving a preset</source>
        <translation>正在保存预设</translation>
    </message>
    <message>
        <source>Renaming a preset</source>
        <translation>正在重命名预设</translation>
    </message>
    <message>
        <source>Changing a preset</source>
        <translation>正在更改预设</translation>
    </message>
    <message>
        <source>Removing a preset</source>
        <translation>正在删除预设</translation>
    </message>
</context>
<context>
    <name>AllPrompts</name>
    <message>
        <source>{count} prompts</source>
        <translation>{count} 条提示词</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词列表</translation>
    </message>
</context>
<context>
    <name>ArrangementChoice</name>
    <message>
        <source>Arrangement: {arrangement}</source>
        <translation>排列方式：{arrangement}</translation>
    </message>
    <message>
        <source>Whole pictures</source>
        <translation>完整图片</translation>
    </message>
    <message>
        <source>Filled cells</source>
        <translation>填满格子</translation>
    </message>
    <message>
        <source>Justified rows</source>
        <translation>等高行</translation>
    </message>
</context>
<context>
    <name>BoardChoice</name>
    <message>
        <source>New board…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>存入</translation>
    </message>
    <message>
        <source>The board that results go to</source>
        <translation>生成的图片存入哪个项目</translation>
    </message>
    <message>
        <source>Name of the new board</source>
        <translation>新项目的名称</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>收件箱</translation>
    </message>
</context>
<context>
    <name>BoardMenu</name>
    <message>
        <source>New board</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>New board inside</source>
        <translation>在其中新建项目</translation>
    </message>
    <message>
        <source>Save new results here</source>
        <translation>新结果保存到这里</translation>
    </message>
    <message>
        <source>Board settings…</source>
        <translation>项目设置…</translation>
    </message>
    <message>
        <source>Cost…</source>
        <translation>费用…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Take out of the board around it</source>
        <translation>移出上级项目</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Hand over…</source>
        <translation>移交…</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Forget this board for good…</source>
        <translation>彻底清除此项目…</translation>
    </message>
    <message>
        <source>The board is forgotten. What it cost stays on record.</source>
        <translation>项目已彻底清除。花费记录仍保留。</translation>
    </message>
    <message>
        <source>What is left of the board is removed at the next start.</source>
        <translation>项目剩余的部分会在下次启动时清除。</translation>
    </message>
</context>
<context>
    <name>BoardSettings</name>
    <message>
        <source>Settings of {board}</source>
        <translation>{board} 的设置</translation>
    </message>
    <message>
        <source>Take from the request</source>
        <translation>取自当前请求</translation>
    </message>
    <message>
        <source>No defaults</source>
        <translation>不设默认值</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>When results are to go to this board, model, size and options become those of the request. Prompt and references stay. It can be undone.</source>
        <translation>选择把结果保存到此项目时，模型、尺寸和选项会填入请求，提示词和参考图保持不变。可以撤销。</translation>
    </message>
    <message>
        <source>As in the request</source>
        <translation>与请求一致</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>a month</source>
        <translation>每月</translation>
    </message>
    <message>
        <source>in all</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>水印</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Client-safe</source>
        <translation>客户安全</translation>
    </message>
    <message>
        <source>What the budget is for</source>
        <translation>预算范围</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>The prompt and a number</source>
        <translation>提示词加编号</translation>
    </message>
    <message>
        <source>What a name can be made of: {parts}</source>
        <translation>文件名可用的部分：{parts}</translation>
    </message>
    <message>
        <source>Nothing that leaves it tells how it was made: no prompt, note or recipe in names and files.</source>
        <translation>离开此项目的内容都不透露制作方法：文件名和文件中没有提示词、备注和配方。</translation>
    </message>
    <message>
        <source>Defaults for requests: none</source>
        <translation>请求默认值：无</translation>
    </message>
    <message>
        <source>sets of up to {count}</source>
        <translation>组图最多 {count} 张</translation>
    </message>
    <message>
        <source>Defaults for requests: {parts}</source>
        <translation>请求默认值：{parts}</translation>
    </message>
    <message>
        <source>New files are called {example}.</source>
        <translation>新文件名为 {example}。</translation>
    </message>
    <message>
        <source>There is no {name}.</source>
        <translation>没有 {name}。</translation>
    </message>
    <message>
        <source>a lighthouse at dawn</source>
        <translation>黎明的灯塔</translation>
    </message>
</context>
<context>
    <name>Boarding</name>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>{pictures} of {board} moved to the trash. The board stays: other files are in its folder.</source>
        <translation>{board} 的{pictures}图片已移到回收站。文件夹中还有其他文件，项目保留。</translation>
    </message>
    <message>
        <source>{board} and its {pictures} moved to the trash.</source>
        <translation>{board} 及其{pictures}图片已移到回收站。</translation>
    </message>
    <message>
        <source>{board} moved to the trash.</source>
        <translation>{board} 已移到回收站。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The defaults of {board} are in the request now.</source>
        <translation>已把 {board} 的默认值填入请求。</translation>
    </message>
</context>
<context>
    <name>Browsing</name>
    <message>
        <source>Unfinished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>相似图片</translation>
    </message>
    <message>
        <source>Rated</source>
        <translation>已评分</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>The board {board} is gone: its folder was deleted or moved away.</source>
        <translation>项目 {board} 已不存在：其文件夹已被删除或移走。</translation>
    </message>
    <message>
        <source>Open a library…</source>
        <translation>打开图库…</translation>
    </message>
    <message>
        <source>Copied as curl. The key is not in it: the command takes it from COMETAPI_KEY.</source>
        <translation>已复制为 curl 命令。其中不含密钥：命令从 COMETAPI_KEY 读取。</translation>
    </message>
    <message>
        <source>{pictures} copied.</source>
        <translation>已复制{pictures}图片。</translation>
    </message>
</context>
<context>
    <name>Caring</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>The library is there again. What waited for it goes on.</source>
        <translation>图库已恢复连接，等待中的图片继续保存。</translation>
    </message>
    <message>
        <source>The library&apos;s folder cannot be reached just now. New pictures are kept on this computer until it is back.</source>
        <translation>暂时无法访问图库文件夹。恢复之前，新图片先保存在这台电脑上。</translation>
    </message>
    <message>
        <source>Open a library…</source>
        <translation>打开图库…</translation>
    </message>
    <message>
        <source>Not every picture is listed yet.</source>
        <translation>尚未列出全部图片。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Thumbnails are made only of what comes into view from now on.</source>
        <translation>此后只为看到的图片生成缩略图。</translation>
    </message>
</context>
<context>
    <name>CheckupDialog</name>
    <message>
        <source>{pictures} forgotten.</source>
        <translation>已清除{pictures}图片的记录。</translation>
    </message>
    <message>
        <source>Check library</source>
        <translation>检查图库</translation>
    </message>
    <message>
        <source>Looks whether every picture has its record and every record its picture, and mends what it can. No picture is changed or removed.</source>
        <translation>检查每张图片是否都有记录、每条记录是否都有图片，并修复能修复的部分。不会更改或删除任何图片。</translation>
    </message>
    <message>
        <source>Read every picture, too</source>
        <translation>同时读取每张图片</translation>
    </message>
    <message>
        <source>Finds damaged files as well; takes about as long as copying the library.</source>
        <translation>还能找出损坏的文件，用时与复制整个图库相当。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>停止检查</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>How far the check is</source>
        <translation>检查进度</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Are the missing pictures gone for good?</source>
        <translation>缺失的图片不会再找回来了吗？</translation>
    </message>
    <message>
        <source>Forget the missing ones…</source>
        <translation>清除缺失的图片…</translation>
    </message>
    <message>
        <source>Forget the missing ones</source>
        <translation>清除缺失的图片</translation>
    </message>
    <message>
        <source>They may come back</source>
        <translation>也许还能找回</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Copy the list of what was found</source>
        <translation>复制检查结果列表</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Listing the files…</source>
        <translation>正在列出文件…</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>Forget {pictures}?</source>
        <translation>清除{pictures}图片的记录？</translation>
    </message>
    <message>
        <source>Their ratings, tags and recipes are removed and cannot be brought back. What they cost stays on record.</source>
        <translation>它们的评分、标签和生成参数会被删除，无法恢复。花费记录仍保留。</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands, boards, saved searches and presets</source>
        <translation>命令、项目、已存搜索和预设</translation>
    </message>
    <message>
        <source>Find a command, a board, a saved search or a preset</source>
        <translation>查找命令、项目、已存搜索或预设</translation>
    </message>
    <message>
        <source>What is found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Search pictures for “{words}”</source>
        <translation>在图片中搜索“{words}”</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>显示或隐藏侧栏</translation>
    </message>
    <message>
        <source>Export diagnostics…</source>
        <translation>导出诊断信息…</translation>
    </message>
    <message>
        <source>About Seedream Desktop</source>
        <translation>关于 Seedream Desktop</translation>
    </message>
    <message>
        <source>Open a library</source>
        <translation>打开图库</translation>
    </message>
    <message>
        <source>Made with Qt and PySide6, which are used under the LGPL-3.0; their libraries can be replaced. Seedream Desktop itself is under the MIT licence.</source>
        <translation>本软件使用 Qt 和 PySide6（LGPL-3.0 许可，其库文件可以替换）。Seedream Desktop 本身采用 MIT 许可。</translation>
    </message>
</context>
<context>
    <name>CompareCaption</name>
    <message>
        <source>Rating of {letter}</source>
        <translation>{letter} 的评分</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已淘汰</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>淘汰</translation>
    </message>
    <message>
        <source>Reject {letter}</source>
        <translation>淘汰 {letter}</translation>
    </message>
    <message>
        <source>Reject, or take it back (X)</source>
        <translation>淘汰或取消淘汰 (X)</translation>
    </message>
</context>
<context>
    <name>CompareHeader</name>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Beside each other (S)</source>
        <translation>并排显示 (S)</translation>
    </message>
    <message>
        <source>Slider</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>One over the other, with a divider (L)</source>
        <translation>上下叠放，用分隔线对比 (L)</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>In the same place by turns (F)</source>
        <translation>在同一位置轮流显示 (F)</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>互换</translation>
    </message>
    <message>
        <source>Change places (W)</source>
        <translation>互换位置 (W)</translation>
    </message>
    <message>
        <source>Fit or 100 % (Z)</source>
        <translation>适应窗口或 100 % (Z)</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>The champion stays (Right)</source>
        <translation>保留擂主（→）</translation>
    </message>
    <message>
        <source>New champion</source>
        <translation>新擂主</translation>
    </message>
    <message>
        <source>The challenger is the new champion (Enter)</source>
        <translation>挑战者成为新擂主 (Enter)</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>淘汰</translation>
    </message>
    <message>
        <source>Reject the challenger (X)</source>
        <translation>淘汰挑战者 (X)</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>退一步</translation>
    </message>
    <message>
        <source>Take the last step back (Left, Ctrl+Z)</source>
        <translation>撤回上一步（←，Ctrl+Z）</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back to where you were</source>
        <translation>返回原处</translation>
    </message>
    <message>
        <source>Back to where you were (Esc)</source>
        <translation>返回原处 (Esc)</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100%</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Run-off</source>
        <translation>擂台赛</translation>
    </message>
    <message>
        <source>The champion of {pictures}</source>
        <translation>{pictures}图片中的擂主</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} / {count}</translation>
    </message>
    <message>
        <source>{zoom} %</source>
        <translation>{zoom}%</translation>
    </message>
</context>
<context>
    <name>CompareTable</name>
    <message>
        <source>What differs</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>Nothing differs in what was asked for and what came.</source>
        <translation>请求和结果都没有不同。</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>In order</source>
        <translation>按名次</translation>
    </message>
    <message>
        <source>champion</source>
        <translation>擂主</translation>
    </message>
    <message>
        <source>challenger</source>
        <translation>挑战者</translation>
    </message>
</context>
<context>
    <name>ComposePanel</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>What should change in image 1?</source>
        <translation>图1 要改哪里？</translation>
    </message>
    <message>
        <source>What should the picture show?</source>
        <translation>想画什么？</translation>
    </message>
    <message>
        <source>Longer than the {count} characters that are recommended; it is sent all the same</source>
        <translation>超过建议的 {count} 字，仍会照常发送</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>CornerButtons</name>
    <message>
        <source>Show the sidebar</source>
        <translation>显示侧栏</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>隐藏侧栏</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
</context>
<context>
    <name>CostDialog</name>
    <message>
        <source>Cost of {board}</source>
        <translation>{board} 的费用</translation>
    </message>
    <message>
        <source>Costs of the library</source>
        <translation>图库的费用</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>存为 CSV…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing was spent in this library yet.</source>
        <translation>此图库还没有任何花费。</translation>
    </message>
    <message>
        <source>Nothing was spent on {board} yet.</source>
        <translation>{board} 还没有任何花费。</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>By the price lists of the day of each request; the provider&apos;s bill decides. Months are those of UTC. Requests of deleted pictures count.</source>
        <translation>按每次请求当天的价目表估算，以服务商账单为准。月份按 UTC 计。已删除图片的请求也计算在内。</translation>
    </message>
    <message>
        <source>Boards in this one count, too.</source>
        <translation>其中的子项目也计算在内。</translation>
    </message>
    <message>
        <source>What has no known price is in no sum.</source>
        <translation>价格未知的部分不计入合计。</translation>
    </message>
    <message>
        <source>Costs of {board}</source>
        <translation>{board} 的费用</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>存为 CSV</translation>
    </message>
</context>
<context>
    <name>CostsPanel</name>
    <message>
        <source>Costs, {month}</source>
        <translation>{month} 费用</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>By month and model…</source>
        <translation>按月份和模型…</translation>
    </message>
    <message>
        <source>By the price lists of the day of each request. The provider&apos;s bill decides.</source>
        <translation>按每次请求当天的价目表估算，以服务商账单为准。</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>{money} spent so far</source>
        <translation>已用 {money}</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>All boards</source>
        <translation>全部项目</translation>
    </message>
</context>
<context>
    <name>CrashReports</name>
    <message>
        <source>Report about an error</source>
        <translation>错误报告</translation>
    </message>
    <message>
        <source>This is what is known about the error. It holds no prompt, no name, no picture and no key. Nothing was sent anywhere: copy it if you want to report the error.</source>
        <translation>以下是关于此错误的全部信息，不含提示词、名称、图片和密钥。没有发送给任何人：如需反馈，请复制。</translation>
    </message>
    <message>
        <source>Show the log folder</source>
        <translation>显示日志文件夹</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Something in Seedream Desktop did not work as it should. The window goes on. What it means for a request that was under way is told in the queue.</source>
        <translation>Seedream Desktop 内部出现了错误，窗口可继续使用。对进行中请求的影响，请查看队列。</translation>
    </message>
    <message>
        <source>Read the report</source>
        <translation>查看报告</translation>
    </message>
</context>
<context>
    <name>DetailsChoice</name>
    <message>
        <source>Details of {letter}</source>
        <translation>{letter} 的详情</translation>
    </message>
    <message>
        <source>Whose details are shown</source>
        <translation>显示哪一张的详情</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Rate with 1 to 5 stars; 0 takes them away</source>
        <translation>按 1 到 5 评星，按 0 取消评分</translation>
    </message>
    <message>
        <source>Prompt of the picture</source>
        <translation>这张图片的提示词</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Answer and file</source>
        <translation>响应与文件</translation>
    </message>
    <message>
        <source>Back to the selection</source>
        <translation>返回所选图片</translation>
    </message>
    <message>
        <source>Show in its board</source>
        <translation>在所属项目中显示</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>查找相似图片</translation>
    </message>
    <message>
        <source>Pictures of the library that look like it</source>
        <translation>图库中与它相似的图片</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl</translation>
    </message>
    <message>
        <source>The request as a command for a terminal, without the key</source>
        <translation>把请求复制为终端命令，不含密钥</translation>
    </message>
    <message>
        <source>Select a picture to see how it was made.</source>
        <translation>选中一张图片，查看它是怎样生成的。</translation>
    </message>
    <message>
        <source>{pictures} selected</source>
        <translation>已选 {pictures}</translation>
    </message>
</context>
<context>
    <name>DiagnosticsExport</name>
    <message>
        <source>Export diagnostics</source>
        <translation>导出诊断信息</translation>
    </message>
    <message>
        <source>This is all that the file would hold: versions, counts and the last logs. No prompts, names, pictures, folders or keys are in it, and nothing is sent anywhere.</source>
        <translation>文件将只包含以下内容：版本、数量和最近的日志。不含提示词、名称、图片、文件夹和密钥，也不会发送给任何人。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
</context>
<context>
    <name>DraftFileTie</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Drafts ({suffix})</source>
        <translation>草稿（{suffix}）</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>保存草稿</translation>
    </message>
    <message>
        <source>Open draft</source>
        <translation>打开草稿</translation>
    </message>
    <message>
        <source>The draft is saved as {name}.</source>
        <translation>草稿已保存为 {name}。</translation>
    </message>
    <message>
        <source>{references} left out: the files are not in this library any more.</source>
        <translation>未包含{references}：文件已不在此图库中。</translation>
    </message>
    <message>
        <source>{name} is opened without {references}: they are not in it, or damaged.</source>
        <translation>已打开 {name}，但缺少{references}：文件中没有或已损坏。</translation>
    </message>
    <message>
        <source>{name} is opened as a draft.</source>
        <translation>已将 {name} 打开为草稿。</translation>
    </message>
    <message>
        <source>{name} was saved by a newer version of Seedream Desktop. It is not opened; your draft is as it was.</source>
        <translation>{name} 由更新版本的 Seedream Desktop 保存，未打开；当前草稿保持原样。</translation>
    </message>
    <message>
        <source>{name} is no draft, or it is damaged. Your draft is as it was.</source>
        <translation>{name} 不是草稿或已损坏。当前草稿保持原样。</translation>
    </message>
</context>
<context>
    <name>DraftTabTie</name>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>With references</source>
        <translation>含参考图</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空白</translation>
    </message>
</context>
<context>
    <name>DraftTabs</name>
    <message>
        <source>Tabs before</source>
        <translation>前面的标签页</translation>
    </message>
    <message>
        <source>Tabs after</source>
        <translation>后面的标签页</translation>
    </message>
</context>
<context>
    <name>EmptyGallery</name>
    <message>
        <source>Pictures are kept in {folder}. Prompts and references go to the service only.</source>
        <translation>图片保存在 {folder}。提示词和参考图只发送给服务商。</translation>
    </message>
    <message>
        <source>Pictures of the demo are kept in {folder}. Nothing is sent.</source>
        <translation>演示图片保存在 {folder}。不会发送任何内容。</translation>
    </message>
    <message>
        <source>Open an existing library…</source>
        <translation>打开已有图库…</translation>
    </message>
    <message>
        <source>Open an existing library</source>
        <translation>打开已有图库</translation>
    </message>
    <message>
        <source>Choose the folder of a library that is there already</source>
        <translation>选择已有图库所在的文件夹</translation>
    </message>
    <message>
        <source>Nothing is unfinished</source>
        <translation>没有未完成的请求</translation>
    </message>
    <message>
        <source>What fails or waits stands here.</source>
        <translation>失败或等待处理的请求会列在这里。</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站是空的</translation>
    </message>
    <message>
        <source>Rejected pictures are hidden; the menu of the order shows them again.</source>
        <translation>已隐藏淘汰的图片，可在排序菜单中重新显示。</translation>
    </message>
    <message>
        <source>Nothing to show here</source>
        <translation>这里没有可显示的图片</translation>
    </message>
    <message>
        <source>No picture has stars yet</source>
        <translation>还没有评过分的图片</translation>
    </message>
    <message>
        <source>Select one and press 1 to 5.</source>
        <translation>选中一张，按 1 到 5 评星。</translation>
    </message>
    <message>
        <source>No pictures today</source>
        <translation>今天还没有图片</translation>
    </message>
    <message>
        <source>Write a prompt on the right and generate.</source>
        <translation>在右侧写提示词，然后生成。</translation>
    </message>
    <message>
        <source>Choose this board under “Save to”, or drop pictures here.</source>
        <translation>在“存入”中选择这个项目，或把图片拖到这里。</translation>
    </message>
    <message>
        <source>No pictures on this board</source>
        <translation>这个项目还没有图片</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>Write a prompt on the right and generate, or drop pictures here to bring them in.</source>
        <translation>在右侧写提示词并生成，或把图片拖到这里导入。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Not chosen yet</source>
        <translation>尚未选择</translation>
    </message>
    <message>
        <source>Export {pictures}</source>
        <translation>导出{pictures}图片</translation>
    </message>
    <message>
        <source>Export {pictures}…</source>
        <translation>导出{pictures}图片…</translation>
    </message>
    <message>
        <source>Each file is labelled as made by a model (IPTC); all other notes are left out.</source>
        <translation>每个文件都标明由模型生成 (IPTC)，不含其他信息。</translation>
    </message>
    <message>
        <source>Each file is labelled as made by a model (IPTC), and holds prompt, model and settings.</source>
        <translation>每个文件都标明由模型生成 (IPTC)，并含有提示词、模型和设置。</translation>
    </message>
    <message>
        <source>{board} is client-safe: neither prompt, note nor recipe leaves it.</source>
        <translation>{board} 是客户安全项目：提示词、备注和配方都不会带出。</translation>
    </message>
    <message>
        <source>Neither prompt, note nor recipe, in names or inside.</source>
        <translation>文件名和文件内都不含提示词、备注和配方。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Export as</source>
        <translation>导出为</translation>
    </message>
    <message>
        <source>Client-safe</source>
        <translation>客户安全</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save as a preset</source>
        <translation>存为预设</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the preset</source>
        <translation>移除预设</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Export now</source>
        <translation>立即导出</translation>
    </message>
    <message>
        <source>Files in a folder</source>
        <translation>文件夹中的文件</translation>
    </message>
    <message>
        <source>One ZIP</source>
        <translation>一个 ZIP</translation>
    </message>
    <message>
        <source>Contact sheet (PDF)</source>
        <translation>联系表 (PDF)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Originals</source>
        <translation>原文件</translation>
    </message>
    <message>
        <source>For the web: JPEG, 2048 px</source>
        <translation>网页用：JPEG，2048 px</translation>
    </message>
    <message>
        <source>Numbered: 01, 02, 03</source>
        <translation>编号：01、02、03</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>联系表</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Export into</source>
        <translation>导出到</translation>
    </message>
</context>
<context>
    <name>ExportTie</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>第 {page} 页，共 {pages} 页</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Exported as {name} into {folder}.</source>
        <translation>已导出为 {name}，位于 {folder}。</translation>
    </message>
    <message>
        <source>{pictures} exported into {folder}.</source>
        <translation>已把{pictures}图片导出到 {folder}。</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>没有导出任何内容。</translation>
    </message>
    <message>
        <source>The export ended early: {count} of {pictures} were written into {folder} and stay there.</source>
        <translation>导出提前结束：{pictures}中有 {count} 张已写入 {folder}，保留在那里。</translation>
    </message>
    <message>
        <source>{pictures} lost the content credentials.</source>
        <translation>{pictures}图片失去了内容凭证。</translation>
    </message>
    <message>
        <source>{pictures} lost the label that a model made them.</source>
        <translation>{pictures}图片失去了由模型生成的标记。</translation>
    </message>
    <message>
        <source>From {pictures} the visible mark may have been cut off.</source>
        <translation>{pictures}图片的可见水印可能已被裁掉。</translation>
    </message>
    <message>
        <source>{pictures} have 8 bits a channel now.</source>
        <translation>{pictures}图片现为每通道 8 位。</translation>
    </message>
    <message>
        <source>Of {pictures} only the first frame was exported.</source>
        <translation>{pictures}图片只导出了第一帧。</translation>
    </message>
    <message>
        <source>{pictures} were laid on white.</source>
        <translation>{pictures}图片的透明部分已填为白色。</translation>
    </message>
    <message>
        <source>{pictures} have no recipe inside: their files were left as they are.</source>
        <translation>{pictures}图片内没有配方：文件保持原样。</translation>
    </message>
</context>
<context>
    <name>FileChoices</name>
    <message>
        <source>{what} means nothing and stays in the names as it is.</source>
        <translation>{what} 没有含义，会原样留在文件名中。</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>另有 {count} 项</translation>
    </message>
    <message>
        <source>{pictures} without a colour profile: taken as sRGB.</source>
        <translation>{pictures}图片没有色彩配置文件：按 sRGB 处理。</translation>
    </message>
    <message>
        <source>{pictures} with content credentials. Any change to the file breaks them.</source>
        <translation>{pictures}图片带有内容凭证，对文件的任何改动都会使其失效。</translation>
    </message>
    <message>
        <source>File names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>色彩</translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation>制作信息</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>内容凭证</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation>最长边</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Insert into the name</source>
        <translation>插入到文件名</translation>
    </message>
    <message>
        <source> px</source>
        <translation> px</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原尺寸</translation>
    </message>
    <message>
        <source>Exact box, cut to fit</source>
        <translation>固定尺寸，裁剪适应</translation>
    </message>
    <message>
        <source>Scaled</source>
        <translation>按比例缩放</translation>
    </message>
    <message>
        <source>Keep the profile</source>
        <translation>保留配置文件</translation>
    </message>
    <message>
        <source>Convert to sRGB</source>
        <translation>转换为 sRGB</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>不包含</translation>
    </message>
    <message>
        <source>Written into each file (XMP)</source>
        <translation>写入每个文件 (XMP)</translation>
    </message>
    <message>
        <source>Leave such pictures as they are</source>
        <translation>这些图片保持原样</translation>
    </message>
    <message>
        <source>Convert them, and lose the credentials</source>
        <translation>转换，并失去内容凭证</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip</source>
        <translation>胶片条</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Type another one…</source>
        <translation>输入其他值…</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Take out everything that is searched for</source>
        <translation>去掉所有搜索条件</translation>
    </message>
    <message>
        <source>Filter: {what}</source>
        <translation>筛选：{what}</translation>
    </message>
    <message>
        <source>not {value}</source>
        <translation>非 {value}</translation>
    </message>
</context>
<context>
    <name>FilterButton</name>
    <message>
        <source>Filters</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filters: {count}</source>
        <translation>筛选：{count} 项</translation>
    </message>
    <message>
        <source>Filter by stars, model, tags, date, shape, colour and board</source>
        <translation>按星级、模型、标签、日期、形状、颜色和项目筛选</translation>
    </message>
</context>
<context>
    <name>FoldingRow</name>
    <message>
        <source>More acts</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>FrameModel</name>
    <message>
        <source>{count} behind</source>
        <translation>另有 {count} 张备选</translation>
    </message>
</context>
<context>
    <name>GalleryHeader</name>
    <message>
        <source>Use as references</source>
        <translation>用作参考图</translation>
    </message>
    <message>
        <source>Add the selection to the references</source>
        <translation>把选中的图片加入参考图</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Put back where it was</source>
        <translation>放回原处</translation>
    </message>
    <message>
        <source>Move to the system&apos;s trash</source>
        <translation>移到系统回收站</translation>
    </message>
    <message>
        <source>Empty trash…</source>
        <translation>清空回收站…</translation>
    </message>
    <message>
        <source>Move everything here to the system&apos;s trash</source>
        <translation>把这里的全部图片移到系统回收站</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Hold them against each other (C)</source>
        <translation>互相比较 (C)</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Give the selection tags, or take them away</source>
        <translation>为所选图片添加或移除标签</translation>
    </message>
    <message>
        <source>Move what is rejected here to the trash; it can be undone</source>
        <translation>将这里已淘汰的图片移到回收站，可以撤销</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write the selection into a folder, a ZIP or a PDF</source>
        <translation>把所选图片写入文件夹、ZIP 或 PDF</translation>
    </message>
    <message>
        <source>Trash rejected ({count})</source>
        <translation>把已淘汰移到回收站 ({count})</translation>
    </message>
    <message>
        <source>{count} found</source>
        <translation>找到 {count} 张</translation>
    </message>
    <message>
        <source>{count} not looked at yet</source>
        <translation>{count} 张尚未分析</translation>
    </message>
    <message>
        <source>{pictures} · kept for {days} days</source>
        <translation>{pictures} · 保留 {days} 天</translation>
    </message>
    <message>
        <source>To the system&apos;s trash…</source>
        <translation>移到系统回收站…</translation>
    </message>
    <message>
        <source>Tile size</source>
        <translation>缩略图大小</translation>
    </message>
    <message>
        <source>Size of the pictures in the gallery</source>
        <translation>图片在画廊中的大小</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>已选 {count} 张</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Select the pictures of this day</source>
        <translation>选择这一天的图片</translation>
    </message>
    <message>
        <source>{words} ({keys})</source>
        <translation>{words}（{keys}）</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
</context>
<context>
    <name>GenerateBar</name>
    <message>
        <source>Testing the key…</source>
        <translation>正在测试密钥…</translation>
    </message>
    <message>
        <source>Save to</source>
        <translation>存入</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>How many independent pictures one press asks for; each is billed</source>
        <translation>一次生成几份互相独立的图片，每份单独计费</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Look at the request</source>
        <translation>查看请求</translation>
    </message>
    <message>
        <source>Look at the request as it will be sent, or copy it as curl</source>
        <translation>查看将要发送的请求，或复制为 curl 命令</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Generate up to {count}</source>
        <translation>生成最多 {count} 张</translation>
    </message>
    <message>
        <source>Generate {count}</source>
        <translation>生成 {count} 张</translation>
    </message>
</context>
<context>
    <name>HandOverTie</name>
    <message>
        <source>Hand over this board…</source>
        <translation>移交此项目…</translation>
    </message>
    <message>
        <source>Hand a board over</source>
        <translation>移交项目</translation>
    </message>
    <message>
        <source>Hand {board} over as one ZIP?</source>
        <translation>把 {board} 作为一个 ZIP 移交？</translation>
    </message>
    <message>
        <source>With the boards inside it</source>
        <translation>包含其中的子项目</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Pictures, what made them, their references, ratings, tags and notes go along.</source>
        <translation>图片、制作信息、参考图、评分、标签和备注一并移交。</translation>
    </message>
    <message>
        <source>{boards}: client-safe. Only clean copies of the pictures and their stars go along, neither prompts nor recipes.</source>
        <translation>{boards}：客户安全项目。只移交干净的图片副本和评分，不含提示词和配方。</translation>
    </message>
    <message>
        <source>Whoever gets it drops it on the window.</source>
        <translation>收到的人把它拖到窗口上即可。</translation>
    </message>
    <message>
        <source>Where the ZIP goes to</source>
        <translation>ZIP 保存位置</translation>
    </message>
    <message>
        <source>{name} written, with {pictures}.</source>
        <translation>已写入 {name}，含{pictures}图片。</translation>
    </message>
    <message>
        <source>Nothing was handed over.</source>
        <translation>没有移交任何内容。</translation>
    </message>
    <message>
        <source>Of {pictures} neither prompt nor recipe went along.</source>
        <translation>{pictures}图片未带提示词和配方。</translation>
    </message>
    <message>
        <source>{references} are missing: their files are gone.</source>
        <translation>缺少{references}：文件已不存在。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>Handing</name>
    <message>
        <source>Prompt copied.</source>
        <translation>已复制提示词。</translation>
    </message>
    <message>
        <source>{pictures} at most are dragged or copied at once. Export… takes any number.</source>
        <translation>一次最多拖出或复制 {pictures}。“导出…”不限数量。</translation>
    </message>
    <message>
        <source>another program</source>
        <translation>其他程序</translation>
    </message>
    <message>
        <source>{name} is open in {program}. Save it there; the original stays as it is.</source>
        <translation>{name} 已在 {program} 中打开。请在那里保存，原图不变。</translation>
    </message>
    <message>
        <source>{pictures} are open as copies in {program}; the originals stay.</source>
        <translation>{pictures}已作为副本在 {program} 中打开，原图不变。</translation>
    </message>
    <message>
        <source>{count} at most are opened at once.</source>
        <translation>一次最多打开 {count} 张。</translation>
    </message>
    <message>
        <source>Recipe copied. Paste it into the prompt to use it again.</source>
        <translation>已复制配方。粘贴到提示词中即可再次使用。</translation>
    </message>
    <message>
        <source>Content credentials of {pictures} are not valid in the copy: what made it was written inside.</source>
        <translation>{pictures}图片的内容凭证在副本中无效：其中写有制作信息。</translation>
    </message>
</context>
<context>
    <name>HistoryPopup</name>
    <message>
        <source>No prompt has these words.</source>
        <translation>没有包含这些文字的提示词。</translation>
    </message>
    <message>
        <source>Prompts are listed once pictures were made with them.</source>
        <translation>用提示词生成图片后会列在这里。</translation>
    </message>
    <message>
        <source>No picture of this board was made with a prompt yet.</source>
        <translation>此项目还没有用提示词生成的图片。</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>用过的提示词</translation>
    </message>
    <message>
        <source>Search earlier prompts</source>
        <translation>搜索用过的提示词</translation>
    </message>
    <message>
        <source>Of all boards</source>
        <translation>所有项目</translation>
    </message>
</context>
<context>
    <name>HistoryTie</name>
    <message>
        <source>Earlier</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Earlier prompts</source>
        <translation>用过的提示词</translation>
    </message>
    <message>
        <source>Prompts that were used before ({keys})</source>
        <translation>以前用过的提示词（{keys}）</translation>
    </message>
</context>
<context>
    <name>ImportTie</name>
    <message>
        <source>Import pictures</source>
        <translation>导入图片</translation>
    </message>
    <message>
        <source>Pictures and boards ({suffixes})</source>
        <translation>图片和项目 ({suffixes})</translation>
    </message>
    <message>
        <source>Import a folder or a library</source>
        <translation>导入文件夹或图库</translation>
    </message>
    <message>
        <source>Import anyway</source>
        <translation>仍然导入</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{count} added.</source>
        <translation>已添加{count}。</translation>
    </message>
    <message>
        <source>{pictures} imported.</source>
        <translation>已导入{pictures}图片。</translation>
    </message>
    <message>
        <source>Nothing was imported.</source>
        <translation>没有导入任何内容。</translation>
    </message>
    <message>
        <source>{pictures} of them were in the library already.</source>
        <translation>其中 {pictures}图库中已有。</translation>
    </message>
    <message>
        <source>{pictures} came with a recipe.</source>
        <translation>{pictures}图片带有配方。</translation>
    </message>
    <message>
        <source>It was stopped; what came stays.</source>
        <translation>已停止；已导入的保留。</translation>
    </message>
    <message>
        <source>There are more: import the rest in parts.</source>
        <translation>还有更多：请分批导入其余部分。</translation>
    </message>
    <message>
        <source>{pictures} left out: the same files are in the library already.</source>
        <translation>已跳过{pictures}：图库中已有相同的文件。</translation>
    </message>
    <message>
        <source>{count} files could not be taken: {names}</source>
        <translation>{count} 个文件无法导入：{names}</translation>
    </message>
    <message>
        <source>{count} files could not be taken, among them {names}</source>
        <translation>{count} 个文件无法导入，其中有 {names}</translation>
    </message>
</context>
<context>
    <name>Judging</name>
    <message>
        <source>Hide rejected</source>
        <translation>隐藏已淘汰</translation>
    </message>
    <message>
        <source>Next picture after a rating or rejection by key</source>
        <translation>按键评分或淘汰后跳到下一张</translation>
    </message>
    <message>
        <source>Trash rejected</source>
        <translation>把已淘汰移到回收站</translation>
    </message>
    <message>
        <source>Trash rejected ({count})</source>
        <translation>把已淘汰移到回收站 ({count})</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>Paste a key</source>
        <translation>粘贴密钥</translation>
    </message>
    <message>
        <source>Where do I get one</source>
        <translation>哪里获取</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>Pictures drawn on this computer; nothing is sent and nothing is billed</source>
        <translation>图片在本机绘制，不发送，也不计费</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Your CometAPI key</source>
        <translation>你的 CometAPI 密钥</translation>
    </message>
    <message>
        <source>Test it</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>KeySection</name>
    <message>
        <source>Paste another key</source>
        <translation>粘贴另一个密钥</translation>
    </message>
    <message>
        <source>Paste a key</source>
        <translation>粘贴密钥</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Ask the keyring again</source>
        <translation>重新读取钥匙串</translation>
    </message>
    <message>
        <source>Look once more whether there is a key in the keyring</source>
        <translation>再查看一次钥匙串中是否有密钥</translation>
    </message>
    <message>
        <source>Test it</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Ask the service whether address and key are right; it costs nothing</source>
        <translation>向服务商确认地址和密钥是否正确，不收费</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>删除密钥</translation>
    </message>
    <message>
        <source>Take the key out of the keyring</source>
        <translation>从系统钥匙串中删除密钥</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Open the network&apos;s sign-in page in the browser</source>
        <translation>在浏览器中打开网络的登录页面</translation>
    </message>
    <message>
        <source>Testing the key…</source>
        <translation>正在测试密钥…</translation>
    </message>
</context>
<context>
    <name>LikeChip</name>
    <message>
        <source>Like this picture</source>
        <translation>与此图相似</translation>
    </message>
    <message>
        <source>{what}: take it out of the search</source>
        <translation>{what}：从搜索中去掉</translation>
    </message>
    <message>
        <source>{what}. Click to take it out of the search.</source>
        <translation>{what}。点击可从搜索中去掉。</translation>
    </message>
</context>
<context>
    <name>LikeField</name>
    <message>
        <source>Find this picture</source>
        <translation>查找此图片</translation>
    </message>
</context>
<context>
    <name>Liking</name>
    <message>
        <source>Search for the address</source>
        <translation>搜索这个网址</translation>
    </message>
    <message>
        <source>Looking for this picture…</source>
        <translation>正在查找此图片…</translation>
    </message>
    <message>
        <source>Open the trash</source>
        <translation>打开回收站</translation>
    </message>
    <message>
        <source>Show it there</source>
        <translation>在原处显示</translation>
    </message>
    <message>
        <source>Of several pictures the first one is looked for.</source>
        <translation>有多张图片时只查找第一张。</translation>
    </message>
    <message>
        <source>Nothing here looks like this picture.</source>
        <translation>这里没有与此图相似的图片。</translation>
    </message>
    <message>
        <source>The same picture is not here. These look most like it.</source>
        <translation>没有找到同一张图片，以下是最相似的。</translation>
    </message>
    <message>
        <source>Not looked at yet: {pictures}.</source>
        <translation>尚未分析：{pictures}。</translation>
    </message>
    <message>
        <source>This picture is in the trash: {name}.</source>
        <translation>此图片在回收站中：{name}。</translation>
    </message>
    <message>
        <source>Found: {name}, on {board}.</source>
        <translation>已找到：{name}，位于 {board}。</translation>
    </message>
    <message>
        <source>Other copies of it: {count}.</source>
        <translation>其他副本：{count} 个。</translation>
    </message>
    <message>
        <source>It is rejected, and rejected pictures are hidden.</source>
        <translation>它已被淘汰，而淘汰的图片处于隐藏状态。</translation>
    </message>
</context>
<context>
    <name>LineageView</name>
    <message>
        <source>Made from</source>
        <translation>来源图</translation>
    </message>
    <message>
        <source>Led to</source>
        <translation>衍生图</translation>
    </message>
    <message>
        <source>Before that</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Three generations back</source>
        <translation>前三代</translation>
    </message>
    <message>
        <source>Four generations back</source>
        <translation>前四代</translation>
    </message>
    <message>
        <source>And from there</source>
        <translation>再往后</translation>
    </message>
    <message>
        <source>Three generations on</source>
        <translation>后三代</translation>
    </message>
    <message>
        <source>Four generations on</source>
        <translation>后四代</translation>
    </message>
    <message>
        <source>Came with it</source>
        <translation>同批图片</translation>
    </message>
    <message>
        <source>Show all {count} in the gallery</source>
        <translation>在图库中显示全部 {count} 张</translation>
    </message>
    <message>
        <source>Everything made with this picture</source>
        <translation>用此图片生成的全部图片</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Demo: nothing leaves this computer. Its pictures are drawn here and marked.</source>
        <translation>演示模式：不会向外发送任何内容。图片在本机绘制，并带有标记。</translation>
    </message>
    <message>
        <source>Leave the demo</source>
        <translation>退出演示</translation>
    </message>
</context>
<context>
    <name>MarkupEditor</name>
    <message>
        <source>Mark up image {number}: {name}</source>
        <translation>标注图 {number}：{name}</translation>
    </message>
    <message>
        <source>The copy is being made. Esc stops it.</source>
        <translation>正在生成标注副本，按 Esc 停止。</translation>
    </message>
    <message>
        <source>What the crop leaves</source>
        <translation>裁剪后保留的部分</translation>
    </message>
</context>
<context>
    <name>MarkupFoot</name>
    <message>
        <source>Draw on the marked picture instead</source>
        <translation>改为在标注后的图片上绘制</translation>
    </message>
    <message>
        <source>Continue from the original</source>
        <translation>从原图继续</translation>
    </message>
    <message>
        <source>Making the copy</source>
        <translation>正在生成副本</translation>
    </message>
    <message>
        <source>{zoom} %</source>
        <translation>{zoom}%</translation>
    </message>
    <message>
        <source>Pixel for pixel</source>
        <translation>按实际像素显示</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>显示整张图片</translation>
    </message>
</context>
<context>
    <name>MarkupRow</name>
    <message>
        <source>Put the marked copy in its place</source>
        <translation>用标注副本替换它</translation>
    </message>
    <message>
        <source>Undo on the picture</source>
        <translation>撤销图上的标注</translation>
    </message>
    <message>
        <source>Redo on the picture</source>
        <translation>重做图上的标注</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Take away everything that is drawn, and the crop</source>
        <translation>清除所有标注和裁剪</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Leave the picture as it is</source>
        <translation>保持图片不变</translation>
    </message>
    <message>
        <source>Back; what is drawn is there again when the picture is marked up next</source>
        <translation>返回；下次标注这张图片时，已画的内容仍在</translation>
    </message>
    <message>
        <source>Use as image {number}</source>
        <translation>用作图 {number}</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考图</translation>
    </message>
</context>
<context>
    <name>MarkupTie</name>
    <message>
        <source>Image {number} is marked up. The original is kept.</source>
        <translation>图 {number} 已标注，原图保留。</translation>
    </message>
    <message>
        <source>Insert “{clause}”</source>
        <translation>插入“{clause}”</translation>
    </message>
</context>
<context>
    <name>MentionCompletion</name>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>image {number}</source>
        <translation>图 {number}</translation>
    </message>
</context>
<context>
    <name>ModelChoice</name>
    <message>
        <source>The provider does not list it among the models of your key</source>
        <translation>服务商没有把它列入你的密钥可用的模型</translation>
    </message>
    <message>
        <source>Not offered to this key</source>
        <translation>此密钥不可用</translation>
    </message>
    <message>
        <source>{model}, not offered to this key</source>
        <translation>{model}，此密钥不可用</translation>
    </message>
</context>
<context>
    <name>MoreSizes</name>
    <message>
        <source>Shapes</source>
        <translation>画幅</translation>
    </message>
    <message>
        <source>For print</source>
        <translation>印刷尺寸</translation>
    </message>
    <message>
        <source>A4 portrait</source>
        <translation>A4 竖版</translation>
    </message>
    <message>
        <source>A4 landscape</source>
        <translation>A4 横版</translation>
    </message>
    <message>
        <source>As image 1</source>
        <translation>同图 1</translation>
    </message>
    <message>
        <source>Width in print</source>
        <translation>印刷宽度</translation>
    </message>
    <message>
        <source>Height in print</source>
        <translation>印刷高度</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>每英寸点数</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use the size for print</source>
        <translation>使用印刷尺寸</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>厘米</translation>
    </message>
    <message>
        <source>mm</source>
        <translation>毫米</translation>
    </message>
    <message>
        <source>in</source>
        <translation>英寸</translation>
    </message>
    <message>
        <source>There is no reference yet</source>
        <translation>还没有参考图</translation>
    </message>
    <message>
        <source>{model} takes no sizes of your own.</source>
        <translation>{model} 不支持自定尺寸。</translation>
    </message>
    <message>
        <source>The model takes no such shape</source>
        <translation>模型不支持这种画幅</translation>
    </message>
    <message>
        <source>{pixels}, printed at {dpi} dpi</source>
        <translation>{pixels}，以 {dpi} dpi 印刷</translation>
    </message>
    <message>
        <source>The model makes no more pixels than these</source>
        <translation>模型最多只能生成这么多像素</translation>
    </message>
</context>
<context>
    <name>NoteField</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation>添加备注</translation>
    </message>
    <message>
        <source>Found by search, and kept in the library; no part of the prompt</source>
        <translation>可搜索，保存在图库中，不属于提示词</translation>
    </message>
</context>
<context>
    <name>NothingFound</name>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Search in all boards</source>
        <translation>在所有项目中搜索</translation>
    </message>
    <message>
        <source>Search in all pictures</source>
        <translation>在全部图片中搜索</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>pictures like this one</source>
        <translation>与此图相似的图片</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Rejected pictures are hidden.</source>
        <translation>已淘汰的图片处于隐藏状态。</translation>
    </message>
    <message>
        <source>Not looked at yet: {pictures}.</source>
        <translation>尚未分析：{pictures}。</translation>
    </message>
    <message>
        <source>Searched the trash for {words}.</source>
        <translation>已在回收站中搜索{words}。</translation>
    </message>
    <message>
        <source>Searched this board for {words}.</source>
        <translation>已在此项目中搜索{words}。</translation>
    </message>
    <message>
        <source>Searched the rated pictures for {words}.</source>
        <translation>已在已评分图片中搜索{words}。</translation>
    </message>
    <message>
        <source>Searched the pictures of today for {words}.</source>
        <translation>已在今天的图片中搜索{words}。</translation>
    </message>
    <message>
        <source>Searched all pictures for {words}.</source>
        <translation>已在全部图片中搜索{words}。</translation>
    </message>
    <message>
        <source>Without “{words}” · {count}</source>
        <translation>去掉“{words}” · {count} 张</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Notice</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Dismiss notice</source>
        <translation>关闭通知</translation>
    </message>
</context>
<context>
    <name>OrderChoice</name>
    <message>
        <source>Sort: {order}</source>
        <translation>排序：{order}</translation>
    </message>
    <message>
        <source>The order of the pictures</source>
        <translation>图片的排列顺序</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Oldest</source>
        <translation>最早</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Most alike first</source>
        <translation>最相似的在前</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早在前</translation>
    </message>
    <message>
        <source>Most stars first</source>
        <translation>星级高的在前</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>By hand: drag pictures</source>
        <translation>手动：拖动图片排序</translation>
    </message>
</context>
<context>
    <name>PaletteTie</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Saved search</source>
        <translation>已存搜索</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Board in {board}</source>
        <translation>{board} 中的项目</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>项目</translation>
    </message>
</context>
<context>
    <name>PaneButton</name>
    <message>
        <source>Picture in {letter}</source>
        <translation>{letter} 中的图片</translation>
    </message>
    <message>
        <source>Choose the picture in {letter}; a click in the filmstrip puts one here</source>
        <translation>选择 {letter} 中的图片；点击胶片栏中的图片可放到这里</translation>
    </message>
    <message>
        <source>Next picture here</source>
        <translation>下一张放到这里</translation>
    </message>
    <message>
        <source>Previous picture here</source>
        <translation>上一张放到这里</translation>
    </message>
    <message>
        <source>Change places with {letter}</source>
        <translation>与 {letter} 交换位置</translation>
    </message>
    <message>
        <source>Take it away</source>
        <translation>移开</translation>
    </message>
</context>
<context>
    <name>ParameterPanel</name>
    <message>
        <source>set</source>
        <translation>组图</translation>
    </message>
    <message>
        <source>format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>references</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Not for {model}: {names}</source>
        <translation>{model} 不支持：{names}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Not offered to this key: a request may be refused</source>
        <translation>此密钥不可用，请求可能被拒绝</translation>
    </message>
    <message>
        <source>up to </source>
        <translation>最多 </translation>
    </message>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Some countries require AI pictures to be labelled; without the mark that is up to you.</source>
        <translation>部分国家和地区要求标明 AI 生成的图片；不加水印时，需由你自行标明。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>As a set</source>
        <translation>生成组图</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>水印</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Pictures come</source>
        <translation>图片返回</translation>
    </message>
    <message>
        <source>Reset parameters</source>
        <translation>重置参数</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>组图</translation>
    </message>
    <message>
        <source>Images in set</source>
        <translation>组图张数</translation>
    </message>
    <message>
        <source>Output format</source>
        <translation>输出格式</translation>
    </message>
    <message>
        <source>Response format</source>
        <translation>返回方式</translation>
    </message>
    <message>
        <source>Which model makes the picture</source>
        <translation>用哪个模型生成</translation>
    </message>
    <message>
        <source>Several pictures that belong together, from one request</source>
        <translation>一次请求生成多张相互关联的图片</translation>
    </message>
    <message>
        <source>The most it may make; say the number in the prompt. With references fifteen in all.</source>
        <translation>最多生成几张；实际张数请写在提示词里。与参考图合计不超过 15 张。</translation>
    </message>
    <message>
        <source>“AI generated” in the corner of the picture</source>
        <translation>在图片角落加上“AI 生成”字样</translation>
    </message>
    <message>
        <source>The format of the picture file</source>
        <translation>图片文件的格式</translation>
    </message>
    <message>
        <source>Higher follows the prompt more closely and looks less natural</source>
        <translation>越高越贴近提示词，但画面会不够自然</translation>
    </message>
    <message>
        <source>The same seed and prompt make a similar picture</source>
        <translation>种子和提示词相同，画面相近</translation>
    </message>
    <message>
        <source>As the board wants them; prompt, references and model stay</source>
        <translation>恢复为项目的默认值；提示词、参考图和模型不变</translation>
    </message>
    <message>
        <source>How the service hands over the pictures</source>
        <translation>服务商如何交付图片</translation>
    </message>
</context>
<context>
    <name>PictureStage</name>
    <message>
        <source>Made from words alone</source>
        <translation>仅由文字生成</translation>
    </message>
    <message>
        <source>What it was made from is no longer in the library</source>
        <translation>来源图已不在图库中</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
</context>
<context>
    <name>PlacesModel</name>
    <message>
        <source>Boards</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Saved searches</source>
        <translation>已存搜索</translation>
    </message>
    <message>
        <source>All pictures</source>
        <translation>全部图片</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Rated</source>
        <translation>已评分</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Results go here.</source>
        <translation>结果保存到这里。</translation>
    </message>
    <message>
        <source>Client-safe: nothing that leaves it tells how it was made.</source>
        <translation>客户安全：离开这里的内容都不透露制作方法。</translation>
    </message>
    <message>
        <source>{search}, saved search, {pictures}</source>
        <translation>{search}，已存搜索，{pictures}</translation>
    </message>
    <message>
        <source>results go here</source>
        <translation>结果保存到这里</translation>
    </message>
    <message>
        <source>in {board}</source>
        <translation>位于 {board}</translation>
    </message>
    <message>
        <source>client-safe</source>
        <translation>客户安全</translation>
    </message>
    <message>
        <source>boards in it shown</source>
        <translation>已展开子项目</translation>
    </message>
    <message>
        <source>boards in it hidden</source>
        <translation>已折叠子项目</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>收件箱</translation>
    </message>
    <message>
        <source>{place}, {count} requests</source>
        <translation>{place}，{count} 个请求</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>“Seedream” in your Pictures folder</source>
        <translation>“图片”文件夹中的“Seedream”</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Jobs at once</source>
        <translation>同时请求数</translation>
    </message>
    <message>
        <source>Limit a day</source>
        <translation>每日限额</translation>
    </message>
    <message>
        <source>Ask before a press above</source>
        <translation>单次生成超过此金额时询问</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Screen colours</source>
        <translation>屏幕色彩</translation>
    </message>
    <message>
        <source>Pictures are ordinary files in this folder. Only prompts and references are sent.</source>
        <translation>图片以普通文件保存在此文件夹中。只有提示词和参考图会被发送。</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Choose another library folder</source>
        <translation>选择其他图库文件夹</translation>
    </message>
    <message>
        <source>Days in the trash</source>
        <translation>回收站保留天数</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>How many megabytes thumbnails may take on this computer; the oldest go first</source>
        <translation>缩略图在这台电脑上最多占用多少 MB，最旧的先删除</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>How long the trash keeps pictures before they are deleted for good</source>
        <translation>图片在回收站保留多久后永久删除</translation>
    </message>
    <message>
        <source>Until it is emptied</source>
        <translation>直到手动清空</translation>
    </message>
    <message>
        <source>How many requests run at the same time, 1 to 8</source>
        <translation>同时进行几个请求，1 到 8</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>The queue pauses before a request could pass it. What may have been billed counts, at the upper end of the estimates; a request whose price is not known pauses the queue, too.</source>
        <translation>请求可能超出限额时，队列会先暂停。可能已计费的也按估算上限计入；价格未知的请求同样会暂停队列。</translation>
    </message>
    <message>
        <source>How the window is coloured</source>
        <translation>窗口的明暗</translation>
    </message>
    <message>
        <source>The language of the window</source>
        <translation>窗口的语言</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>A press that may cost more asks before it is sent</source>
        <translation>一次生成可能超过此金额时，发送前会先询问</translation>
    </message>
    <message>
        <source>Never ask</source>
        <translation>从不询问</translation>
    </message>
    <message>
        <source>Choose a library folder</source>
        <translation>选择图库文件夹</translation>
    </message>
</context>
<context>
    <name>PresetTie</name>
    <message>
        <source>The preset {preset} is removed. The draft stays as it is.</source>
        <translation>预设 {preset} 已删除。草稿保持原样。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Made by a newer version</source>
        <translation>由更新的版本创建</translation>
    </message>
    <message>
        <source>{preset} is kept as a preset.</source>
        <translation>已将 {preset} 存为预设。</translation>
    </message>
    <message>
        <source>Another preset is called {name}. Nothing was renamed.</source>
        <translation>已有名为 {name} 的预设，未重命名。</translation>
    </message>
    <message>
        <source>Preset {preset}: {parts} changed.</source>
        <translation>预设 {preset}：已更改{parts}。</translation>
    </message>
    <message>
        <source>The draft was already as the preset {preset} says.</source>
        <translation>草稿已与预设 {preset} 一致。</translation>
    </message>
    <message>
        <source>{references} left out: the files are not in this library any more.</source>
        <translation>未使用{references}：文件已不在此图库中。</translation>
    </message>
    <message>
        <source>The preset {preset} was made by a newer version of Seedream Desktop. It stays as it is, and so does the draft.</source>
        <translation>预设 {preset} 由更新版本的 Seedream Desktop 创建。预设和草稿都保持原样。</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Parts of requests that are kept under a name</source>
        <translation>以名称保存的请求内容</translation>
    </message>
</context>
<context>
    <name>PresetsPopup</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>存为预设…</translation>
    </message>
    <message>
        <source>Enter applies, F2 renames, Del removes.</source>
        <translation>Enter 套用，F2 重命名，Del 删除。</translation>
    </message>
    <message>
        <source>A preset keeps a part of this draft under a name: a look, a size, a set of references.</source>
        <translation>预设以名称保存草稿的一部分：风格、尺寸或一组参考图。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>套用</translation>
    </message>
    <message>
        <source>Update from this draft</source>
        <translation>用当前草稿更新</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>PressGridTie</name>
    <message>
        <source>This picture belongs to no press: it was made elsewhere.</source>
        <translation>这张图片不属于任何一批：它是在别处制作的。</translation>
    </message>
</context>
<context>
    <name>PressModel</name>
    <message>
        <source>{choices}: no picture</source>
        <translation>{choices}：没有图片</translation>
    </message>
    <message>
        <source>{choices}: {pictures}</source>
        <translation>{choices}：{pictures}</translation>
    </message>
</context>
<context>
    <name>PressQuestion</name>
    <message>
        <source>Send all · {money}</source>
        <translation>全部发送 · {money}</translation>
    </message>
    <message>
        <source>Each request is billed by itself</source>
        <translation>每个请求单独计费</translation>
    </message>
    <message>
        <source>Don&apos;t send</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>Nothing is sent; the draft stays as it is</source>
        <translation>不发送任何请求，草稿保持原样</translation>
    </message>
    <message>
        <source>Send again · {money}</source>
        <translation>再次发送 · {money}</translation>
    </message>
    <message>
        <source>Both requests are billed</source>
        <translation>两个请求都会计费</translation>
    </message>
    <message>
        <source>Leave it at the one that is under way</source>
        <translation>只保留正在进行的那一个</translation>
    </message>
    <message>
        <source>{requests} requests for up to {pictures} ({money}). Send all of them?</source>
        <translation>共 {requests} 个请求，最多 {pictures}（{money}）。全部发送？</translation>
    </message>
    <message>
        <source>This request may make up to {pictures} ({money}). Send it?</source>
        <translation>此请求最多生成 {pictures}（{money}）。发送？</translation>
    </message>
    <message>
        <source>The same request is still waiting. Send it again ({money})?</source>
        <translation>相同的请求还在等待发送。再发一次（{money}）？</translation>
    </message>
    <message>
        <source>The same request is still running. Send it again ({money})?</source>
        <translation>相同的请求还在进行中。再发一次（{money}）？</translation>
    </message>
</context>
<context>
    <name>PressTable</name>
    <message>
        <source>Press as a table</source>
        <translation>整批表格</translation>
    </message>
    <message>
        <source>Close the table</source>
        <translation>关闭表格</translation>
    </message>
    <message>
        <source>Back to the gallery (Esc)</source>
        <translation>返回图库视图（Esc）</translation>
    </message>
</context>
<context>
    <name>ProblemLine</name>
    <message>
        <source>Goes to the control</source>
        <translation>转到相应控件</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>The prompt speaks of references that are not there: {numbers}.</source>
        <translation>提示词提到了不存在的参考图：{numbers}。</translation>
    </message>
</context>
<context>
    <name>ProfileChoice</name>
    <message>
        <source>Choose a profile…</source>
        <translation>选择配置文件…</translation>
    </message>
    <message>
        <source>The ICC profile of your screen, used where the system names none for it</source>
        <translation>屏幕的 ICC 配置文件，系统没有提供时使用</translation>
    </message>
    <message>
        <source>Screen colours</source>
        <translation>屏幕色彩</translation>
    </message>
    <message>
        <source>Colour profiles (*.icc *.icm)</source>
        <translation>色彩配置文件 (*.icc *.icm)</translation>
    </message>
    <message>
        <source>Choose a colour profile</source>
        <translation>选择色彩配置文件</translation>
    </message>
</context>
<context>
    <name>PromptChoices</name>
    <message>
        <source>One prompt per line</source>
        <translation>每行一条提示词</translation>
    </message>
    <message>
        <source>Each line of the prompt is a request of its own</source>
        <translation>提示词的每一行都是一个单独的请求</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>查看全部</translation>
    </message>
    <message>
        <source>Show all prompts</source>
        <translation>查看全部提示词</translation>
    </message>
    <message>
        <source>Values of {name}</source>
        <translation>{name} 的取值</translation>
    </message>
    <message>
        <source>one | or several</source>
        <translation>一个 | 或多个</translation>
    </message>
    <message>
        <source>What stands in the place of the name; several values are parted by |</source>
        <translation>替换该名称的内容；多个值用 | 分隔</translation>
    </message>
    <message>
        <source>{count} prompts, one request each</source>
        <translation>{count} 条提示词，每条一个请求</translation>
    </message>
    <message>
        <source>{count} prompts × {variations} = {requests} requests</source>
        <translation>{count} 条提示词 × {variations} = {requests} 个请求</translation>
    </message>
</context>
<context>
    <name>PromptEditor</name>
    <message>
        <source>Show image {number} among the references</source>
        <translation>在参考图中显示图 {number}</translation>
    </message>
</context>
<context>
    <name>PromptMentions</name>
    <message>
        <source>There is no image {number} among the references.</source>
        <translation>参考图中没有图 {number}。</translation>
    </message>
</context>
<context>
    <name>ProxySection</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>指定代理</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Which way requests take; it counts from the next one on</source>
        <translation>请求走哪条线路，从下一个请求起生效</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>For example {address}</source>
        <translation>例如 {address}</translation>
    </message>
    <message>
        <source>The system names a proxy that cannot be used.</source>
        <translation>系统设置的代理无法使用。</translation>
    </message>
    <message>
        <source>Type its address; until then the one before is used.</source>
        <translation>请输入地址；在此之前沿用原来的代理。</translation>
    </message>
    <message>
        <source>SOCKS proxies cannot be used; most offer http too, at another port.</source>
        <translation>不支持 SOCKS 代理；多数代理在另一端口也提供 http。</translation>
    </message>
    <message>
        <source>This is not the address of an http or https proxy.</source>
        <translation>这不是 http 或 https 代理的地址。</translation>
    </message>
    <message>
        <source>The password is kept readable in the settings of this computer.</source>
        <translation>密码以明文保存在这台电脑的设置中。</translation>
    </message>
</context>
<context>
    <name>QueueHeader</name>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Cancel everything that has not been sent</source>
        <translation>取消所有尚未发送的请求</translation>
    </message>
    <message>
        <source>Close the queue</source>
        <translation>关闭队列</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Send what waits</source>
        <translation>发送等待中的请求</translation>
    </message>
    <message>
        <source>Send nothing new; what was sent goes on</source>
        <translation>不再发送新请求，已发送的继续进行</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>全部暂停</translation>
    </message>
    <message>
        <source>One request was sent already and may be billed all the same ({money}).</source>
        <translation>有 1 个请求已经发送，仍可能计费（{money}）。</translation>
    </message>
    <message>
        <source>{count} requests were sent already and may be billed all the same ({money}).</source>
        <translation>有 {count} 个请求已经发送，仍可能计费（{money}）。</translation>
    </message>
    <message>
        <source>Their pictures will not come; they may be billed</source>
        <translation>不再等待这些图片，但仍可能计费</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>Let what was sent go on</source>
        <translation>已发送的继续等待</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>继续等待</translation>
    </message>
    <message>
        <source>Send what waits; the limit counts again tomorrow</source>
        <translation>发送等待中的请求，限额从明天起重新生效</translation>
    </message>
    <message>
        <source>Go on for today</source>
        <translation>今天继续</translation>
    </message>
    <message>
        <source>Open the network&apos;s sign-in page in the browser</source>
        <translation>在浏览器中打开网络的登录页面</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Open the preferences, where this can be changed</source>
        <translation>打开偏好设置进行更改</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Send earlier</source>
        <translation>提前发送</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation>延后发送</translation>
    </message>
    <message>
        <source>Send first</source>
        <translation>最先发送</translation>
    </message>
    <message>
        <source>Send last</source>
        <translation>最后发送</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Open requests</source>
        <translation>待完成的请求</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Nothing is running or waiting.</source>
        <translation>没有进行中或等待的请求。</translation>
    </message>
</context>
<context>
    <name>RecipeOffer</name>
    <message>
        <source>This picture carries a recipe.</source>
        <translation>此图片带有配方。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
</context>
<context>
    <name>ReferenceList</name>
    <message>
        <source>Move earlier</source>
        <translation>前移</translation>
    </message>
    <message>
        <source>Move later</source>
        <translation>后移</translation>
    </message>
    <message>
        <source>Mark up…</source>
        <translation>标注…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
</context>
<context>
    <name>ReferenceTray</name>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Add references</source>
        <translation>添加参考图</translation>
    </message>
    <message>
        <source>Choose pictures, or drop or paste them here</source>
        <translation>选择图片，或拖放、粘贴到这里</translation>
    </message>
    <message>
        <source>reading {count} …</source>
        <translation>正在读取 {count} 张…</translation>
    </message>
    <message>
        <source>{count} · {size} to send</source>
        <translation>{count} 张 · 将发送 {size}</translation>
    </message>
    <message>
        <source>not taken by {model}</source>
        <translation>{model} 不支持</translation>
    </message>
    <message>
        <source>{used} of {most} with the set</source>
        <translation>连同组图 {used} / {most}</translation>
    </message>
    <message>
        <source>room for {count} more</source>
        <translation>还可添加 {count} 张</translation>
    </message>
    <message>
        <source>full</source>
        <translation>已满</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>RefusedList</name>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 个</translation>
    </message>
</context>
<context>
    <name>RenamePopup</name>
    <message>
        <source>Rename {pictures}</source>
        <translation>重命名{pictures}图片</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>As the prompt says</source>
        <translation>沿用提示词</translation>
    </message>
    <message>
        <source>The files are renamed, too, and keep their numbers. Enter renames.</source>
        <translation>文件也会重命名，编号不变。按回车键确认。</translation>
    </message>
</context>
<context>
    <name>RequestView</name>
    <message>
        <source>The request as it will be sent</source>
        <translation>将要发送的请求</translation>
    </message>
    <message>
        <source>The first of {count} requests as it will be sent</source>
        <translation>将要发送的 {count} 个请求中的第一个</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>The key stays in the keyring. References and links are cut short only here.</source>
        <translation>密钥留在系统钥匙串中。参考图和链接只在此处缩略显示。</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl 命令</translation>
    </message>
</context>
<context>
    <name>RightColumn</name>
    <message>
        <source>Compose</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>Running</name>
    <message>
        <source>Pictures are being made</source>
        <translation>正在生成图片</translation>
    </message>
</context>
<context>
    <name>SavePresetPopup</name>
    <message>
        <source>Save as preset</source>
        <translation>存为预设</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Another preset has that name. Choose another one.</source>
        <translation>已有同名预设，请换一个名称。</translation>
    </message>
    <message>
        <source>Choose what it shall hold.</source>
        <translation>请选择要保存的内容。</translation>
    </message>
    <message>
        <source>It is kept in the library. Applying it changes nothing else.</source>
        <translation>保存在图库中；套用时不会改动其他内容。</translation>
    </message>
</context>
<context>
    <name>SaveSearchPopup</name>
    <message>
        <source>Save this search</source>
        <translation>保存此搜索</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save as new</source>
        <translation>另存为新搜索</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Update {search}</source>
        <translation>更新 {search}</translation>
    </message>
    <message>
        <source>Another saved search has that name. Choose another one.</source>
        <translation>已有同名的已存搜索，请换一个名称。</translation>
    </message>
    <message>
        <source>It is kept in the library, and counts what it finds in the sidebar.</source>
        <translation>它保存在图库中，并在侧栏显示找到的数量。</translation>
    </message>
</context>
<context>
    <name>SavingSearches</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Update to what is searched for now</source>
        <translation>更新为当前的搜索</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The saved search {search} is removed. No picture is.</source>
        <translation>已移除已存搜索 {search}，没有移除任何图片。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Search for something first. Then it can be saved.</source>
        <translation>请先搜索，然后才能保存。</translation>
    </message>
    <message>
        <source>Pictures that look alike</source>
        <translation>相似图片</translation>
    </message>
    <message>
        <source>The board of {search} is not here any more. All pictures are searched instead.</source>
        <translation>{search} 所属的项目已不存在，改为搜索全部图片。</translation>
    </message>
    <message>
        <source>Another saved search is called {name}. Nothing was renamed.</source>
        <translation>已有名为 {name} 的已存搜索，未作更改。</translation>
    </message>
    <message>
        <source>A saved search cannot be read: {files}. The file stays as it is, in .seedream/searches of the library; the other searches are there.</source>
        <translation>无法读取一个已存搜索：{files}。该文件原样保留在图库的 .seedream/searches 中；其他搜索不受影响。</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search prompts, tags, titles, notes and file names, or drop a picture here</source>
        <translation>搜索提示词、标签、标题、备注和文件名，或将图片拖到这里</translation>
    </message>
    <message>
        <source>Forget this saved search</source>
        <translation>移除此已存搜索</translation>
    </message>
    <message>
        <source>Save this search</source>
        <translation>保存此搜索</translation>
    </message>
    <message>
        <source>Go to the search</source>
        <translation>转到搜索</translation>
    </message>
    <message>
        <source>Empty the search</source>
        <translation>清空搜索</translation>
    </message>
</context>
<context>
    <name>SecondScreen</name>
    <message>
        <source>Pictures only</source>
        <translation>只看图片</translation>
    </message>
    <message>
        <source>Second screen</source>
        <translation>第二屏幕</translation>
    </message>
</context>
<context>
    <name>SendingRow</name>
    <message>
        <source>More than {size}: slow to send, and it may be refused.</source>
        <translation>超过 {size}：发送较慢，且可能被拒绝。</translation>
    </message>
    <message>
        <source>Send smaller</source>
        <translation>缩小后发送</translation>
    </message>
    <message>
        <source>Send smaller ({figures})</source>
        <translation>缩小后发送（{figures}）</translation>
    </message>
    <message>
        <source>They are being made smaller …</source>
        <translation>正在缩小…</translation>
    </message>
    <message>
        <source>Made smaller to be sent: {figures}</source>
        <translation>将缩小后发送：{figures}</translation>
    </message>
    <message>
        <source>Send as they are</source>
        <translation>按原样发送</translation>
    </message>
    <message>
        <source>image {number}: {words}</source>
        <translation>图{number}：{words}</translation>
    </message>
</context>
<context>
    <name>SetHint</name>
    <message>
        <source>The prompt does not say how many; the ceiling alone asks for none.</source>
        <translation>提示词没有写明张数；仅有上限不会要求生成多张。</translation>
    </message>
    <message>
        <source>Write “{words}”</source>
        <translation>写入“{words}”</translation>
    </message>
    <message>
        <source>Raise the ceiling to {count}</source>
        <translation>将上限提高到 {count} 张</translation>
    </message>
    <message>
        <source>The prompt asks for {asked}; {pictures} come at most.</source>
        <translation>提示词要求 {asked} 张，最多只会生成 {pictures}。</translation>
    </message>
    <message>
        <source>The prompt asks for {asked}; {pictures} come at most. References and pictures are fifteen in all: remove {references} for it.</source>
        <translation>提示词要求 {asked} 张，最多只会生成 {pictures}。参考图与图片合计最多 15 张：需移除{references}。</translation>
    </message>
    <message>
        <source>The prompt asks for {asked}; a set never brings more than fifteen.</source>
        <translation>提示词要求 {asked} 张，一组最多 15 张。</translation>
    </message>
    <message>
        <source>One set of up to {count} · {duration} · {money}</source>
        <translation>一组最多 {count} 张 · {duration} · {money}</translation>
    </message>
    <message>
        <source>{count} requests, one a line · {duration} · {money}</source>
        <translation>每行一个，共 {count} 个请求 · {duration} · {money}</translation>
    </message>
</context>
<context>
    <name>SheetChoices</name>
    <message>
        <source>1 page</source>
        <translation>1 页</translation>
    </message>
    <message>
        <source>{count} pages</source>
        <translation>{count} 页</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>纸张</translation>
    </message>
    <message>
        <source>On a page</source>
        <translation>每页</translation>
    </message>
    <message>
        <source>Titles below the pictures</source>
        <translation>图片下方显示标题</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列数</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>Upright</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>横向</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>Showing</name>
    <message>
        <source>There is no picture here to show on the whole screen.</source>
        <translation>这里没有可全屏显示的图片。</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New board</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>侧栏</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Name of the new board</source>
        <translation>新项目的名称</translation>
    </message>
    <message>
        <source>New name of {board}</source>
        <translation>{board} 的新名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>SizeBoxes</name>
    <message>
        <source>exact pixels</source>
        <translation>自定像素</translation>
    </message>
    <message>
        <source>as image 1</source>
        <translation>同图1</translation>
    </message>
    <message>
        <source>model picks</source>
        <translation>模型决定</translation>
    </message>
    <message>
        <source>Set width and height yourself</source>
        <translation>自行设定宽和高</translation>
    </message>
    <message>
        <source>The model picks the shape from the prompt and the references</source>
        <translation>由模型根据提示词和参考图决定画幅</translation>
    </message>
</context>
<context>
    <name>SizeNotes</name>
    <message>
        <source>Use a size that fits</source>
        <translation>改用合适的尺寸</translation>
    </message>
    <message>
        <source>Use {size}</source>
        <translation>改用 {size}</translation>
    </message>
    <message>
        <source>The size that the model&apos;s own table has for this shape</source>
        <translation>模型推荐表中这一比例的尺寸</translation>
    </message>
    <message>
        <source>Your shape, scaled until it fits</source>
        <translation>保持你的比例，缩放到合适为止</translation>
    </message>
</context>
<context>
    <name>SizeSection</name>
    <message>
        <source>Aspect ratio</source>
        <translation>宽高比</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>How many pixels the picture has</source>
        <translation>图片有多少像素</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>宽（像素）</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高（像素）</translation>
    </message>
    <message>
        <source>Swap width and height</source>
        <translation>对调宽和高</translation>
    </message>
    <message>
        <source>More sizes</source>
        <translation>更多尺寸</translation>
    </message>
    <message>
        <source>Paper, formats by name, print sizes, or as image 1</source>
        <translation>纸张、常用画幅、印刷尺寸，或与图 1 相同</translation>
    </message>
    <message>
        <source>The size of image 1</source>
        <translation>与图1 尺寸相同</translation>
    </message>
    <message>
        <source>The model picks the shape</source>
        <translation>由模型决定画幅</translation>
    </message>
</context>
<context>
    <name>StarRow</name>
    <message>
        <source>Rating: {count} of 5</source>
        <translation>评分：{count} / 5</translation>
    </message>
    <message>
        <source>Rate with 1 to 5, 0 takes the stars away</source>
        <translation>按 1 到 5 评分，按 0 取消评分</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>显示队列</translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation>{count} 个进行中</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个等待</translation>
    </message>
    <message>
        <source>{count} unfinished</source>
        <translation>{count} 个未完成</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>{count} saved</source>
        <translation>{count} 张已存入</translation>
    </message>
    <message>
        <source>{count} saved to {board}</source>
        <translation>{count} 张已存入 {board}</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop waiting for the newest request; it may be billed all the same</source>
        <translation>停止等待最新的请求，仍可能计费</translation>
    </message>
    <message>
        <source>Cancel the newest request; nothing is billed</source>
        <translation>取消最新的请求，不计费</translation>
    </message>
    <message>
        <source>Resume {count}</source>
        <translation>继续 {count} 个</translation>
    </message>
    <message>
        <source>Send what waits</source>
        <translation>发送等待中的请求</translation>
    </message>
    <message>
        <source>waiting for the sign-in</source>
        <translation>等待登录</translation>
    </message>
    <message>
        <source>waiting for the network</source>
        <translation>等待网络</translation>
    </message>
    <message>
        <source>waiting for the service</source>
        <translation>等待服务商</translation>
    </message>
    <message>
        <source>key for this session only</source>
        <translation>密钥仅本次有效</translation>
    </message>
    <message>
        <source>Waiting for your keyring…</source>
        <translation>正在等待系统钥匙串…</translation>
    </message>
    <message>
        <source>The system&apos;s keyring cannot be used, so the key is not kept when the window closes</source>
        <translation>系统钥匙串无法使用，关闭窗口后密钥不会保留</translation>
    </message>
    <message>
        <source>Show what was spent and what is left</source>
        <translation>查看已花费和剩余金额</translation>
    </message>
    <message>
        <source>{board}, {month} {money}</source>
        <translation>{board} {month} {money}</translation>
    </message>
    <message>
        <source>balance {money}</source>
        <translation>余额 {money}</translation>
    </message>
</context>
<context>
    <name>StoryboardPanel</name>
    <message>
        <source>Storyboard</source>
        <translation>分镜</translation>
    </message>
    <message>
        <source>Redo this frame</source>
        <translation>重做此帧</translation>
    </message>
    <message>
        <source>With its neighbours as references</source>
        <translation>以相邻帧为参考图</translation>
    </message>
    <message>
        <source>Continue from it</source>
        <translation>从此帧继续</translation>
    </message>
    <message>
        <source>Edit this picture (E)</source>
        <translation>编辑此图（E）</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Numbered files or a contact sheet, in this order</source>
        <translation>按此顺序导出编号文件或联系表</translation>
    </message>
    <message>
        <source>Close the storyboard</source>
        <translation>关闭分镜</translation>
    </message>
    <message>
        <source>Back to the gallery (Esc)</source>
        <translation>返回图库视图（Esc）</translation>
    </message>
    <message>
        <source>Storyboard · {pictures}</source>
        <translation>分镜 · {pictures}</translation>
    </message>
    <message>
        <source>Storyboard · {count} came of {asked} asked for</source>
        <translation>分镜 · 要求 {asked} 张，生成 {count} 张</translation>
    </message>
    <message>
        <source>Earlier ones ({count})</source>
        <translation>备选（{count}）</translation>
    </message>
    <message>
        <source>What stood in this place before</source>
        <translation>此位置之前的图片</translation>
    </message>
    <message>
        <source>Put back {name}</source>
        <translation>换回 {name}</translation>
    </message>
</context>
<context>
    <name>StoryboardTie</name>
    <message>
        <source>This picture belongs to no set: it was made elsewhere.</source>
        <translation>这张图片不属于任何组图：它是在别处制作的。</translation>
    </message>
    <message>
        <source>What is generated now takes the place of frame {number}; the old one stays behind.</source>
        <translation>接下来生成的图片将替换第 {number} 帧，原图保留为备选。</translation>
    </message>
    <message>
        <source>Not in its place</source>
        <translation>不替换</translation>
    </message>
</context>
<context>
    <name>TagPopup</name>
    <message>
        <source>Rename the tag {tag} everywhere</source>
        <translation>在所有图片上重命名标签 {tag}</translation>
    </message>
    <message>
        <source>New name of the tag</source>
        <translation>标签的新名称</translation>
    </message>
    <message>
        <source>Tags of {pictures}</source>
        <translation>{pictures}图片的标签</translation>
    </message>
    <message>
        <source>Find or add a tag</source>
        <translation>查找或添加标签</translation>
    </message>
    <message>
        <source>Enter adds, Tab completes, F2 in the list renames a tag everywhere, Esc closes.</source>
        <translation>Enter 添加，Tab 补全，在列表中按 F2 可全局重命名标签，Esc 关闭。</translation>
    </message>
    <message>
        <source>There is a tag {name} already: the two become one. It can be undone.</source>
        <translation>已有标签 {name}：两者将合并。可以撤销。</translation>
    </message>
    <message>
        <source>Enter renames it on every picture of the library. It can be undone.</source>
        <translation>按 Enter 在图库所有图片上重命名。可以撤销。</translation>
    </message>
    <message>
        <source>Rename everywhere…</source>
        <translation>全局重命名…</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
</context>
<context>
    <name>ThumbnailRow</name>
    <message>
        <source>and {count} more</source>
        <translation>还有 {count} 张</translation>
    </message>
</context>
<context>
    <name>ThumbnailTile</name>
    <message>
        <source>{name}
Go to it</source>
        <translation>{name}
前往此图片</translation>
    </message>
    <message>
        <source>{name}
Show what it led to</source>
        <translation>{name}
显示由它生成的图片</translation>
    </message>
    <message>
        <source>Go to it</source>
        <translation>前往此图片</translation>
    </message>
    <message>
        <source>Everything made with this picture</source>
        <translation>用此图片生成的全部图片</translation>
    </message>
</context>
<context>
    <name>TileWall</name>
    <message>
        <source>This file is missing or damaged.</source>
        <translation>文件丢失或已损坏。</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考图</translation>
    </message>
</context>
<context>
    <name>Undoing</name>
    <message>
        <source>Undo on the picture</source>
        <translation>撤销图上的标注</translation>
    </message>
    <message>
        <source>Redo on the picture</source>
        <translation>重做图上的标注</translation>
    </message>
    <message>
        <source>Undo in the request</source>
        <translation>撤销对请求的修改</translation>
    </message>
    <message>
        <source>Redo in the request</source>
        <translation>重做对请求的修改</translation>
    </message>
    <message>
        <source>Undo: {step}</source>
        <translation>撤销：{step}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo: {step}</source>
        <translation>重做：{step}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>rate {pictures}</source>
        <translation>为{pictures}图片评分</translation>
    </message>
    <message>
        <source>reject {pictures}</source>
        <translation>淘汰{pictures}图片</translation>
    </message>
    <message>
        <source>take back the rejection of {pictures}</source>
        <translation>取消淘汰 {pictures}</translation>
    </message>
    <message>
        <source>tag {pictures}</source>
        <translation>为{pictures}图片加标签</translation>
    </message>
    <message>
        <source>note on {pictures}</source>
        <translation>{pictures}图片的备注</translation>
    </message>
    <message>
        <source>rename {pictures}</source>
        <translation>重命名{pictures}图片</translation>
    </message>
    <message>
        <source>move {pictures} to another board</source>
        <translation>将{pictures}图片移到其他项目</translation>
    </message>
    <message>
        <source>move {pictures} to the trash</source>
        <translation>将{pictures}图片移到回收站</translation>
    </message>
    <message>
        <source>put {pictures} back from the trash</source>
        <translation>从回收站放回{pictures}图片</translation>
    </message>
    <message>
        <source>rename a tag on {pictures}</source>
        <translation>在{pictures}图片上重命名标签</translation>
    </message>
    <message>
        <source>working copies of {pictures}</source>
        <translation>{pictures}图片的工作副本</translation>
    </message>
    <message>
        <source>import {pictures}</source>
        <translation>导入{pictures}图片</translation>
    </message>
    <message>
        <source>order {pictures} by hand</source>
        <translation>手动排列{pictures}图片</translation>
    </message>
    <message>
        <source>new board</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>rename a board</source>
        <translation>重命名项目</translation>
    </message>
    <message>
        <source>move a board</source>
        <translation>移动项目</translation>
    </message>
    <message>
        <source>order boards</source>
        <translation>排列项目</translation>
    </message>
    <message>
        <source>board settings</source>
        <translation>项目设置</translation>
    </message>
    <message>
        <source>move a board with {pictures} to the trash</source>
        <translation>把含{pictures}图片的项目移到回收站</translation>
    </message>
    <message>
        <source>save a search</source>
        <translation>保存搜索</translation>
    </message>
    <message>
        <source>rename a saved search</source>
        <translation>重命名已存搜索</translation>
    </message>
    <message>
        <source>change a saved search</source>
        <translation>更改已存搜索</translation>
    </message>
    <message>
        <source>remove a saved search</source>
        <translation>移除已存搜索</translation>
    </message>
    <message>
        <source>save a preset</source>
        <translation>保存预设</translation>
    </message>
    <message>
        <source>rename a preset</source>
        <translation>重命名预设</translation>
    </message>
    <message>
        <source>change a preset</source>
        <translation>更改预设</translation>
    </message>
    <message>
        <source>remove a preset</source>
        <translation>删除预设</translation>
    </message>
</context>
<context>
    <name>UseRow</name>
    <message>
        <source>Use</source>
        <translation>套用</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Use the prompt</source>
        <translation>套用提示词</translation>
    </message>
    <message>
        <source>Put this prompt into Compose</source>
        <translation>把这段提示词放入创作</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Use the references</source>
        <translation>套用参考图</translation>
    </message>
    <message>
        <source>Put these references into Compose</source>
        <translation>把这些参考图放入创作</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Use the size</source>
        <translation>套用尺寸</translation>
    </message>
    <message>
        <source>Ask for the same size</source>
        <translation>使用相同尺寸</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Use everything</source>
        <translation>全部套用</translation>
    </message>
    <message>
        <source>Put everything into Compose</source>
        <translation>把全部设置放入创作</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Viewer</source>
        <translation>查看器</translation>
    </message>
</context>
<context>
    <name>ViewerCaption</name>
    <message>
        <source>Rejected</source>
        <translation>已淘汰</translation>
    </message>
</context>
<context>
    <name>ViewerHeader</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Make it image 1 of the next request</source>
        <translation>作为下一次请求的图1</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考图</translation>
    </message>
    <message>
        <source>Add it to the references</source>
        <translation>加入参考图</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Move it to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Auto-advance</source>
        <translation>自动前进</translation>
    </message>
    <message>
        <source>Auto-advance: the next picture comes after a star or a rejection by key</source>
        <translation>自动前进：用按键评分或淘汰后显示下一张</translation>
    </message>
    <message>
        <source>Keep zoom</source>
        <translation>保持缩放</translation>
    </message>
    <message>
        <source>Show the next picture as large as this one, at the same place</source>
        <translation>下一张以相同大小和位置显示</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>Hold: what it was made from</source>
        <translation>按住：查看来源图</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Back to the gallery</source>
        <translation>返回画廊</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100%</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合</translation>
    </message>
    <message>
        <source>Pixel for pixel</source>
        <translation>按实际像素显示</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>显示整张图片</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} / {count}</translation>
    </message>
    <message>
        <source>{zoom} %</source>
        <translation>{zoom}%</translation>
    </message>
</context>
<context>
    <name>_LineRow</name>
    <message>
        <source>{what} of {letter}</source>
        <translation>{letter} 的{what}</translation>
    </message>
    <message>
        <source>Only here: {words}</source>
        <translation>仅此处：{words}</translation>
    </message>
</context>
<context>
    <name>checkup</name>
    <message>
        <source>Stopped after {pictures}. This was found until then:</source>
        <translation>检查了{pictures}后停止。在此之前发现：</translation>
    </message>
    <message>
        <source>Stopped after {pictures}. Nothing was wrong until then.</source>
        <translation>检查了{pictures}后停止。在此之前没有发现问题。</translation>
    </message>
    <message>
        <source>Everything is in order: {pictures}.</source>
        <translation>一切正常：共{pictures}图片。</translation>
    </message>
    <message>
        <source>{pictures} looked at. What was wrong has been mended.</source>
        <translation>已检查{pictures}图片，问题已修复。</translation>
    </message>
    <message>
        <source>{pictures} looked at. Some things need a look of yours.</source>
        <translation>已检查{pictures}图片，有些问题需要你来确认。</translation>
    </message>
    <message>
        <source>Pictures that had no record and have one now</source>
        <translation>原来没有记录、现已补上的图片</translation>
    </message>
    <message>
        <source>Damaged records, restored from the index</source>
        <translation>从索引恢复的损坏记录</translation>
    </message>
    <message>
        <source>Entries of the index, corrected</source>
        <translation>已更正的索引条目</translation>
    </message>
    <message>
        <source>Copies of records, merged</source>
        <translation>已合并的记录副本</translation>
    </message>
    <message>
        <source>Leftovers of interrupted writing, removed</source>
        <translation>已清除的写入残留</translation>
    </message>
    <message>
        <source>Pictures that are missing</source>
        <translation>缺失的图片</translation>
    </message>
    <message>
        <source>Pictures that cannot be opened</source>
        <translation>无法打开的图片</translation>
    </message>
    <message>
        <source>Pictures whose bytes have changed</source>
        <translation>内容已改变的图片</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>Pictures that are only in the cloud</source>
        <translation>只在云端的图片</translation>
    </message>
    <message>
        <source>Pictures that lie on several boards</source>
        <translation>同时位于多个项目的图片</translation>
    </message>
    <message>
        <source>Pictures without a record</source>
        <translation>没有记录的图片</translation>
    </message>
    <message>
        <source>Records that were damaged</source>
        <translation>损坏的记录</translation>
    </message>
    <message>
        <source>References that are missing</source>
        <translation>缺失的参考图</translation>
    </message>
    <message>
        <source>References that are damaged</source>
        <translation>损坏的参考图</translation>
    </message>
    <message>
        <source>Cost records that are damaged</source>
        <translation>损坏的花费记录</translation>
    </message>
    <message>
        <source>Incomplete entries in the trash</source>
        <translation>回收站中不完整的条目</translation>
    </message>
    <message>
        <source>Leftovers of interrupted writing</source>
        <translation>写入中断的残留文件</translation>
    </message>
    <message>
        <source>Sizes and parameters were only in the damaged records.</source>
        <translation>尺寸和参数只存在于损坏的记录中。</translation>
    </message>
    <message>
        <source>Rating and recipe wait for them, under any name.</source>
        <translation>评分和生成参数会保留，图片以任何名称放回都能对上。</translation>
    </message>
    <message>
        <source>Put them back from a backup; rating and recipe are kept.</source>
        <translation>请从备份中恢复；评分和生成参数已保留。</translation>
    </message>
    <message>
        <source>Another program or a failing disk changed them.</source>
        <translation>被其他程序或故障磁盘更改过。</translation>
    </message>
    <message>
        <source>The disk or its permissions do not give them.</source>
        <translation>磁盘或权限不允许读取。</translation>
    </message>
    <message>
        <source>They were not fetched to be looked at.</source>
        <translation>没有为检查而下载。</translation>
    </message>
    <message>
        <source>Their boards were copied, or two computers moved them apart. Trash those that are one too many.</source>
        <translation>可能是项目被复制，或两台电脑各自移动过。请把多余的移到回收站。</translation>
    </message>
    <message>
        <source>No record could be written for them.</source>
        <translation>无法为它们写入记录。</translation>
    </message>
    <message>
        <source>Nothing was known of them; the damaged files are kept.</source>
        <translation>没有可用于恢复的信息；损坏的文件已保留。</translation>
    </message>
    <message>
        <source>The pictures made with them are not affected.</source>
        <translation>用它们生成的图片不受影响。</translation>
    </message>
    <message>
        <source>Add the original once more to replace it.</source>
        <translation>重新添加原图即可替换。</translation>
    </message>
    <message>
        <source>What these requests cost is not counted.</source>
        <translation>这些请求的花费没有计入。</translation>
    </message>
    <message>
        <source>They stay until the trash is emptied.</source>
        <translation>会保留到清空回收站为止。</translation>
    </message>
    <message>
        <source>The whole index, built anew</source>
        <translation>已重建整个索引</translation>
    </message>
</context>
<context>
    <name>closing</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closing now gives up on them: they may be billed, and their pictures may be lost. Waiting closes the window and keeps the pictures when they come.</source>
        <translation>现在关闭就不再等待：这些请求仍可能计费，图片可能丢失。选择等待则先关闭窗口，图片到达后照常保存。</translation>
    </message>
    <message>
        <source>Wait and close</source>
        <translation>等待并关闭</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>立即关闭</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>不关闭</translation>
    </message>
    <message>
        <source>One request has not been answered yet.</source>
        <translation>有 1 个请求尚未收到回复。</translation>
    </message>
    <message>
        <source>{count} requests have not been answered yet.</source>
        <translation>有 {count} 个请求尚未收到回复。</translation>
    </message>
</context>
<context>
    <name>colours</name>
    <message>
        <source>The picture has no colour profile: it is taken for sRGB.</source>
        <translation>图片没有色彩配置文件：按 sRGB 处理。</translation>
    </message>
    <message>
        <source>The picture&apos;s own colour profile: {name}.</source>
        <translation>图片自带的色彩配置文件：{name}。</translation>
    </message>
    <message>
        <source>Shown for {name}, which the system names for this screen.</source>
        <translation>按 {name} 显示，由系统为此屏幕提供。</translation>
    </message>
    <message>
        <source>Shown for {name}, as chosen in the preferences.</source>
        <translation>按 {name} 显示，在偏好设置中选择。</translation>
    </message>
    <message>
        <source>Shown in sRGB: the system names no profile for this screen. One can be chosen in the preferences.</source>
        <translation>以 sRGB 显示：系统没有为此屏幕提供配置文件，可在偏好设置中选择。</translation>
    </message>
    <message>
        <source>Shown in sRGB: the profile of this screen cannot be read.</source>
        <translation>以 sRGB 显示：无法读取此屏幕的配置文件。</translation>
    </message>
</context>
<context>
    <name>compare</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Reference {number}</source>
        <translation>参考图 {number}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>cost</name>
    <message>
        <source>No price is known for {model}; it is billed all the same.</source>
        <translation>{model} 价格未知，但仍会计费。</translation>
    </message>
    <message>
        <source>{money} for each picture</source>
        <translation>每张图片 {money}</translation>
    </message>
    <message>
        <source>a set of up to {count} pictures; those that are made are billed</source>
        <translation>组图最多 {count} 张，按实际生成张数计费</translation>
    </message>
    <message>
        <source>the references are free</source>
        <translation>参考图不收费</translation>
    </message>
    <message>
        <source>{count} requests, each billed by itself</source>
        <translation>{count} 个请求，分别计费</translation>
    </message>
    <message>
        <source>Prices: {source}, {date}. The bill of the provider decides.</source>
        <translation>价格：{source}，{date}。以服务商账单为准。</translation>
    </message>
    <message>
        <source>Prices: {date}. The bill of the provider decides.</source>
        <translation>价格：{date}。以服务商账单为准。</translation>
    </message>
    <message>
        <source>maybe {money} more</source>
        <translation>另可能 {money}</translation>
    </message>
    <message>
        <source>maybe {money}</source>
        <translation>可能 {money}</translation>
    </message>
    <message>
        <source>1 without a known price</source>
        <translation>1 个价格未知</translation>
    </message>
    <message>
        <source>{count} without a known price</source>
        <translation>{count} 个价格未知</translation>
    </message>
    <message>
        <source>{money} a month</source>
        <translation>每月 {money}</translation>
    </message>
    <message>
        <source>{money} in all</source>
        <translation>总计 {money}</translation>
    </message>
    <message>
        <source>The budget of {board}, {budget}, is used up: {used}.</source>
        <translation>{board} 的预算（{budget}）已用完：{used}。</translation>
    </message>
    <message>
        <source>{part} % of the budget of {board}, {budget}, is used.</source>
        <translation>{board} 的预算（{budget}）已用 {part} %。</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>{references}, {money} each</source>
        <translation>{references}，每张 {money}</translation>
    </message>
    <message>
        <source>{references} beyond the {free} that cost nothing, {money} each</source>
        <translation>{references}（前 {free} 张免费，不计在内），每张 {money}</translation>
    </message>
</context>
<context>
    <name>costs</name>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Billed</source>
        <translation>已计费</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Maybe billed</source>
        <translation>可能已计费</translation>
    </message>
    <message>
        <source>No known price</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>Billed, USD</source>
        <translation>已计费（美元）</translation>
    </message>
    <message>
        <source>Failed requests</source>
        <translation>失败的请求</translation>
    </message>
    <message>
        <source>Failed but billed, USD</source>
        <translation>失败但已计费（美元）</translation>
    </message>
    <message>
        <source>Maybe billed requests</source>
        <translation>可能已计费的请求</translation>
    </message>
    <message>
        <source>Maybe billed, USD</source>
        <translation>可能已计费（美元）</translation>
    </message>
    <message>
        <source>Requests without a known price</source>
        <translation>价格未知的请求</translation>
    </message>
    <message>
        <source>{month} {year}</source>
        <translation>{year}年{month}</translation>
    </message>
</context>
<context>
    <name>dates</name>
    <message>
        <source>MMMM</source>
        <comment>a pattern: the month alone</comment>
        <translation>M 月</translation>
    </message>
    <message>
        <source>d MMM yyyy, HH:mm</source>
        <comment>a pattern: day, month, year, hour, minute</comment>
        <translation>yyyy/M/d HH:mm</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>无日期</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <comment>a pattern: weekday, day and month</comment>
        <translation>M月d日 dddd</translation>
    </message>
    <message>
        <source>dddd d MMMM yyyy</source>
        <comment>a pattern: weekday, day, month and year</comment>
        <translation>yyyy年M月d日 dddd</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <comment>a pattern: month and year</comment>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>en_GB</source>
        <comment>the code of the language that this is translated into</comment>
        <translation>zh_CN</translation>
    </message>
</context>
<context>
    <name>details</name>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>生成于</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Copy the file&apos;s path</source>
        <translation>复制文件路径</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Copy the request id</source>
        <translation>复制请求编号</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求编号</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>a set of up to {count}</source>
        <translation>组图最多 {count} 张</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>not the size that was asked for</source>
        <translation>与要求的尺寸不同</translation>
    </message>
    <message>
        <source>not the format that was asked for</source>
        <translation>与要求的格式不同</translation>
    </message>
    <message>
        <source>{count} of up to {most} pictures came</source>
        <translation>最多 {most} 张，收到 {count} 张</translation>
    </message>
    <message>
        <source>changed by another program since</source>
        <translation>之后被其他程序改动过</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 张，共 {count} 张</translation>
    </message>
    <message>
        <source>Press</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>组图</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Watermark</source>
        <translation>水印</translation>
    </message>
    <message>
        <source>Guidance scale</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>价目表</translation>
    </message>
    <message>
        <source>not billed</source>
        <translation>未计费</translation>
    </message>
    <message>
        <source>may have been billed, {price}</source>
        <translation>可能已计费，{price}</translation>
    </message>
    <message>
        <source>billed, {price}</source>
        <translation>已计费，{price}</translation>
    </message>
    <message>
        <source>may have been billed</source>
        <translation>可能已计费</translation>
    </message>
    <message>
        <source>billed</source>
        <translation>已计费</translation>
    </message>
    <message>
        <source>{money} billed for {count} pictures</source>
        <translation>{count} 张共计费 {money}</translation>
    </message>
    <message>
        <source>references included</source>
        <translation>含参考图</translation>
    </message>
    <message>
        <source>{when}, in {duration}</source>
        <translation>{when}，用时 {duration}</translation>
    </message>
    <message>
        <source>the answer names {model}</source>
        <translation>响应中的模型为 {model}</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a line</comment>
        <translation>，</translation>
    </message>
    <message>
        <source>Asked as</source>
        <translation>请求的模型</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>响应的模型</translation>
    </message>
    <message>
        <source>Server&apos;s time</source>
        <translation>服务器时间</translation>
    </message>
    <message>
        <source>Size in the answer</source>
        <translation>响应中的尺寸</translation>
    </message>
    <message>
        <source>Pictures billed</source>
        <translation>计费图片数</translation>
    </message>
    <message>
        <source>Output tokens</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Tokens in all</source>
        <translation>token 总数</translation>
    </message>
    <message>
        <source>Came from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Image {number} sent</source>
        <translation>发送的图{number}</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} 字节</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Copy the checksum</source>
        <translation>复制校验和</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>and others</source>
        <translation>等</translation>
    </message>
    <message>
        <source>{name} ({count})</source>
        <translation>{name} ({count})</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>they differ</source>
        <translation>不相同</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation>{least} 至 {most}</translation>
    </message>
    <message>
        <source>{count} rejected</source>
        <translation>{count} 张已淘汰</translation>
    </message>
    <message>
        <source>Tags of all</source>
        <translation>共有标签</translation>
    </message>
    <message>
        <source>Tags of some</source>
        <translation>部分标签</translation>
    </message>
    <message>
        <source>{money} may have been billed</source>
        <translation>可能已计费 {money}</translation>
    </message>
    <message>
        <source>without {pictures} whose cost is not known</source>
        <translation>不含费用未知的{pictures}图片</translation>
    </message>
</context>
<context>
    <name>doubt</name>
    <message>
        <source>The provider is being asked…</source>
        <translation>正在向服务商查询…</translation>
    </message>
    <message>
        <source>The bill cannot be read with this key. Check the key first.</source>
        <translation>此密钥无法读取账单。请先检查密钥。</translation>
    </message>
    <message>
        <source>The bill cannot be read at the moment. Check again later.</source>
        <translation>暂时无法读取账单。请稍后再查询。</translation>
    </message>
    <message>
        <source>The bill from before it was sent is not known. Look at the provider&apos;s usage page.</source>
        <translation>不知道发送前的账单金额。请查看服务商的用量页面。</translation>
    </message>
    <message>
        <source>What else was spent is in a library that is not open. Open it and check again.</source>
        <translation>其余花费记录在未打开的图库中。请打开它再查询。</translation>
    </message>
    <message>
        <source>Other requests are under way. It is checked by itself when they have ended.</source>
        <translation>还有其他请求在进行，结束后会自动查询。</translation>
    </message>
    <message>
        <source>It is too early to tell from the bill. It is checked again by itself.</source>
        <translation>账单尚未更新，稍后会自动再查询。</translation>
    </message>
    <message>
        <source>The bill fell: another account, or a new month. Look at the provider&apos;s usage page.</source>
        <translation>账单金额变小了：可能换了账户或到了新月份。请查看服务商的用量页面。</translation>
    </message>
    <message>
        <source>The bill lacks what is known to be billed. Check again later.</source>
        <translation>账单尚未包含已知的费用。请稍后再查询。</translation>
    </message>
    <message>
        <source>The bill rose, but a price is not known. Look at the provider&apos;s usage page.</source>
        <translation>账单金额增加了，但有价格未知。请查看服务商的用量页面。</translation>
    </message>
    <message>
        <source>The bill fits only some of several requests. Look at the provider&apos;s usage page.</source>
        <translation>账单只与其中一部分请求相符。请查看服务商的用量页面。</translation>
    </message>
    <message>
        <source>The bill rose by another sum: others may use it. Look at the provider&apos;s usage page.</source>
        <translation>账单增加的金额对不上：可能还有别人在用。请查看服务商的用量页面。</translation>
    </message>
</context>
<context>
    <name>filters</name>
    <message>
        <source>Stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>All of {year}</source>
        <translation>{year} 全年</translation>
    </message>
</context>
<context>
    <name>forgetting</name>
    <message>
        <source>Forget a board</source>
        <translation>彻底清除项目</translation>
    </message>
    <message>
        <source>A request for {board} is under way.</source>
        <translation>{board} 有请求正在进行。</translation>
    </message>
    <message>
        <source>Wait until it is answered, or stop it. Then the board can be forgotten.</source>
        <translation>请等待回复或停止该请求，然后再清除此项目。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Forget {board} for good?</source>
        <translation>彻底清除 {board}？</translation>
    </message>
    <message>
        <source>Forget it for good</source>
        <translation>彻底清除</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>{pictures} in the trash</source>
        <translation>回收站中{pictures}</translation>
    </message>
    <message>
        <source>{references} that nothing else uses</source>
        <translation>{references}（无其他用途）</translation>
    </message>
    <message>
        <source>This goes, with prompts, ratings and previews: {parts}.</source>
        <translation>将连同提示词、评分和预览一起删除：{parts}。</translation>
    </message>
    <message>
        <source>Requests that wait and are cancelled: {count}.</source>
        <translation>等待中、将被取消的请求：{count} 个。</translation>
    </message>
    <message>
        <source>Unfinished requests that are given up: {count}. What was paid for and did not come is lost.</source>
        <translation>将放弃的未完成请求：{count} 个。已付费但未到的图片会丢失。</translation>
    </message>
    <message>
        <source>It cannot be undone.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>What it cost stays on record.</source>
        <translation>花费记录仍保留。</translation>
    </message>
    <message>
        <source>Other files in its folder stay: {count}.</source>
        <translation>文件夹中的其他文件保留：{count} 个。</translation>
    </message>
    <message>
        <source>Boards inside it stay, and its folder around them: {boards}.</source>
        <translation>其中的子项目及其外层文件夹会保留：{boards}。</translation>
    </message>
    <message>
        <source>Copies elsewhere, such as backups, are not reached.</source>
        <translation>其他地方的副本（如备份）不受影响。</translation>
    </message>
</context>
<context>
    <name>job tile</name>
    <message>
        <source>waiting for its turn</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>closed stack of {pictures}</source>
        <translation>收起的一叠，{pictures}图片</translation>
    </message>
    <message>
        <source>{place} of {count} in a stack</source>
        <translation>一叠 {count} 张中的第 {place} 张</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已淘汰</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个等待</translation>
    </message>
    <message>
        <source>Cancel these</source>
        <translation>取消这些</translation>
    </message>
    <message>
        <source>sending {part}</source>
        <translation>正在发送 {part}</translation>
    </message>
    <message>
        <source>fetching the picture</source>
        <translation>正在下载图片</translation>
    </message>
    <message>
        <source>{elapsed} · longer than usual</source>
        <translation>{elapsed} · 比平常久</translation>
    </message>
    <message>
        <source>{elapsed} · usually {usual}</source>
        <translation>{elapsed} · 通常 {usual}</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Open a library…</source>
        <translation>打开图库…</translation>
    </message>
    <message>
        <source>Library…</source>
        <translation>图库…</translation>
    </message>
    <message>
        <source>Try {size} · {price}</source>
        <translation>改用 {size} · {price}</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Send again · {price}</source>
        <translation>重发 · {price}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy the request id</source>
        <translation>复制请求编号</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl</translation>
    </message>
</context>
<context>
    <name>key</name>
    <message>
        <source>Kept in {backend}.</source>
        <translation>保存在 {backend} 中。</translation>
    </message>
    <message>
        <source>Kept until the window is closed.</source>
        <translation>只保留到窗口关闭。</translation>
    </message>
    <message>
        <source>Taken from COMETAPI_KEY; it is not stored.</source>
        <translation>取自 COMETAPI_KEY，不会保存。</translation>
    </message>
    <message>
        <source>No key.</source>
        <translation>没有密钥。</translation>
    </message>
    <message>
        <source>The service accepts the key.</source>
        <translation>密钥有效。</translation>
    </message>
    <message>
        <source>The service does not accept this key. Paste another one.</source>
        <translation>服务商不接受这个密钥。请粘贴另一个。</translation>
    </message>
    <message>
        <source>The address is right.</source>
        <translation>地址正确。</translation>
    </message>
    <message>
        <source>The first picture will show whether the key is accepted.</source>
        <translation>密钥是否有效，要到生成第一张图片时才知道。</translation>
    </message>
    <message>
        <source>The key could not be tested.</source>
        <translation>无法测试密钥。</translation>
    </message>
    <message>
        <source>Its balance is {money}.</source>
        <translation>余额 {money}。</translation>
    </message>
</context>
<context>
    <name>link</name>
    <message>
        <source>link has died, by this computer&apos;s clock</source>
        <translation>按本机时钟，链接已失效</translation>
    </message>
    <message>
        <source>link dies in {hours} h {minutes} min</source>
        <translation>链接 {hours} 小时 {minutes} 分后失效</translation>
    </message>
    <message>
        <source>link dies in {minutes} min</source>
        <translation>链接 {minutes} 分钟后失效</translation>
    </message>
    <message>
        <source>link dies in less than a minute</source>
        <translation>链接不到一分钟后失效</translation>
    </message>
    <message>
        <source>tried at {time}</source>
        <translation>{time} 试过</translation>
    </message>
</context>
<context>
    <name>making</name>
    <message>
        <source>Nothing was sent yet that could be sent again.</source>
        <translation>还没有可以再次发送的请求。</translation>
    </message>
    <message>
        <source>There is no library to save to. Nothing was sent.</source>
        <translation>没有可保存图片的图库。未发送任何内容。</translation>
    </message>
    <message>
        <source>Open a library…</source>
        <translation>打开图库…</translation>
    </message>
    <message>
        <source>Ask the keyring again</source>
        <translation>重新读取钥匙串</translation>
    </message>
    <message>
        <source>This network wants you to sign in.</source>
        <translation>这个网络需要登录。</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Sent again ({money}): {prompt}</source>
        <translation>已再次发送（{money}）：{prompt}</translation>
    </message>
    <message>
        <source>{count} requests sent again ({money}): {prompt}</source>
        <translation>已再次发送 {count} 个请求（{money}）：{prompt}</translation>
    </message>
    <message>
        <source>Another program has put another key into the keyring. It is used from the next try on.</source>
        <translation>钥匙串中的密钥已被其他程序更换，下次发送起使用新密钥。</translation>
    </message>
    <message>
        <source>The key is no longer in the keyring. Nothing is sent until there is one again.</source>
        <translation>钥匙串中已没有密钥。重新提供之前不会发送请求。</translation>
    </message>
</context>
<context>
    <name>markup</name>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Thin lines</source>
        <translation>细线</translation>
    </message>
    <message>
        <source>Medium lines</source>
        <translation>中等线条</translation>
    </message>
    <message>
        <source>Thick lines</source>
        <translation>粗线</translation>
    </message>
    <message>
        <source>Red box</source>
        <translation>红色方框</translation>
    </message>
    <message>
        <source>Blue box</source>
        <translation>蓝色方框</translation>
    </message>
    <message>
        <source>Green box</source>
        <translation>绿色方框</translation>
    </message>
    <message>
        <source>Yellow box</source>
        <translation>黄色方框</translation>
    </message>
    <message>
        <source>Red arrow</source>
        <translation>红色箭头</translation>
    </message>
    <message>
        <source>Blue arrow</source>
        <translation>蓝色箭头</translation>
    </message>
    <message>
        <source>Green arrow</source>
        <translation>绿色箭头</translation>
    </message>
    <message>
        <source>Yellow arrow</source>
        <translation>黄色箭头</translation>
    </message>
    <message>
        <source>Red brush stroke</source>
        <translation>红色笔触</translation>
    </message>
    <message>
        <source>Blue brush stroke</source>
        <translation>蓝色笔触</translation>
    </message>
    <message>
        <source>Green brush stroke</source>
        <translation>绿色笔触</translation>
    </message>
    <message>
        <source>Yellow brush stroke</source>
        <translation>黄色笔触</translation>
    </message>
    <message>
        <source>{mark} to {x}, {y}</source>
        <translation>{mark}，指向 {x}, {y}</translation>
    </message>
    <message>
        <source>{mark}, {size} at {x}, {y}</source>
        <translation>{mark}，{size}，位于 {x}, {y}</translation>
    </message>
    <message>
        <source>Cropped to {size} at {x}, {y}</source>
        <translation>已裁剪为 {size}，位于 {x}, {y}</translation>
    </message>
    <message>
        <source>Nothing is drawn yet.</source>
        <translation>还没有任何标注。</translation>
    </message>
    <message>
        <source>Drag over what shall stay. N puts a crop in the middle.</source>
        <translation>拖动框选要保留的部分。按 N 在中间放一个裁剪框。</translation>
    </message>
    <message>
        <source>Drag to draw a box; Shift makes it square. N puts one in the middle.</source>
        <translation>拖动绘制方框，按住 Shift 为正方形。按 N 在中间放一个。</translation>
    </message>
    <message>
        <source>Drag from the tail to the tip. N puts an arrow in the middle.</source>
        <translation>从箭尾拖到箭头。按 N 在中间放一个箭头。</translation>
    </message>
    <message>
        <source>Drag to paint over what is meant.</source>
        <translation>拖动涂抹所指的部分。</translation>
    </message>
    <message>
        <source>{count} marks are the most that one picture takes. Remove one first.</source>
        <translation>一张图片最多 {count} 处标注。请先删除一处。</translation>
    </message>
</context>
<context>
    <name>missing picture</name>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>{saved} saved, {count} missing.</source>
        <translation>已存入 {saved}，缺 {count} 张。</translation>
    </message>
    <message>
        <source>Try the missing again · {price}</source>
        <translation>重试缺少的 · {price}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Again · {price}</source>
        <translation>重试 · {price}</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>查看文件</translation>
    </message>
    <message>
        <source>Show the answer</source>
        <translation>查看回复文件</translation>
    </message>
    <message>
        <source>Try {count} again · {price}</source>
        <translation>重试 {count} 张 · {price}</translation>
    </message>
    <message>
        <source>Try again · {price}</source>
        <translation>重试 · {price}</translation>
    </message>
    <message>
        <source>pictures {first} to {last} at most</source>
        <translation>第 {first} 至 {last} 张（最多）</translation>
    </message>
    <message>
        <source>picture {number} of {total}</source>
        <translation>第 {number} 张，共 {total} 张</translation>
    </message>
    <message>
        <source>The connection broke before the rest came.</source>
        <translation>其余图片到达前连接中断。</translation>
    </message>
    <message>
        <source>The connection broke before it came.</source>
        <translation>图片到达前连接中断。</translation>
    </message>
    <message>
        <source>This part of the answer could not be read. It is kept.</source>
        <translation>这部分回复无法读取，已保留。</translation>
    </message>
    <message>
        <source>It was made, but the answer does not hold it.</source>
        <translation>图片已生成，但回复中没有它。</translation>
    </message>
</context>
<context>
    <name>pause</name>
    <message>
        <source>Paused, so that the rest does not end the same way. {happened} {remedy}</source>
        <translation>已暂停，以免其余请求同样失败。{happened}{remedy}</translation>
    </message>
    <message>
        <source>This was waiting when the application ended. It is sent when you resume.</source>
        <translation>这些请求在程序结束时还在等待，点“继续”后发送。</translation>
    </message>
    <message>
        <source>Nothing new is sent: this ends once what was sent is answered.</source>
        <translation>不再发送新请求：已发送的收到回复后程序即退出。</translation>
    </message>
    <message>
        <source>Paused by you. What was sent goes on, nothing new is sent.</source>
        <translation>你已暂停队列。已发送的继续，不再发送新请求。</translation>
    </message>
    <message>
        <source>paused: limit of the day</source>
        <translation>已暂停：达到每日限额</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>paused: key not accepted</source>
        <translation>已暂停：密钥被拒绝</translation>
    </message>
    <message>
        <source>paused: no key</source>
        <translation>已暂停：没有密钥</translation>
    </message>
    <message>
        <source>paused: balance used up</source>
        <translation>已暂停：余额已用完</translation>
    </message>
    <message>
        <source>paused: sign-in needed</source>
        <translation>已暂停：网络需要登录</translation>
    </message>
    <message>
        <source>paused: proxy</source>
        <translation>已暂停：代理不可用</translation>
    </message>
    <message>
        <source>paused: connection not safe</source>
        <translation>已暂停：连接不安全</translation>
    </message>
    <message>
        <source>paused: disk full</source>
        <translation>已暂停：磁盘已满</translation>
    </message>
    <message>
        <source>paused: a problem</source>
        <translation>已暂停：出现问题</translation>
    </message>
    <message>
        <source>The limit of {limit} held this back on another day. Resume to go on.</source>
        <translation>这些请求因 {limit} 的每日限额在之前被暂停。点“继续”即可发送。</translation>
    </message>
    <message>
        <source>Paused: no price is known for the next request, so it cannot be held against the limit of {limit} a day.</source>
        <translation>已暂停：下一个请求价格未知，无法与每日限额 {limit} 比较。</translation>
    </message>
    <message>
        <source>Paused: the next request, {next}, would pass the limit of {limit} a day.</source>
        <translation>已暂停：下一个请求（{next}）会超出每日限额 {limit}。</translation>
    </message>
    <message>
        <source>Today {spent} is spent or may be billed.</source>
        <translation>今天已花费或可能计费 {spent}。</translation>
    </message>
    <message>
        <source>Today {spent} is spent or may be billed, {under_way} more is under way.</source>
        <translation>今天已花费或可能计费 {spent}，另有 {under_way} 正在进行。</translation>
    </message>
    <message>
        <source>Not counted, for no price is known: {count} of today&apos;s requests.</source>
        <translation>未计入（价格未知）：今天的 {count} 个请求。</translation>
    </message>
</context>
<context>
    <name>problem</name>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>a field</source>
        <translation>未指明</translation>
    </message>
    <message>
        <source>of this network</source>
        <translation>本网络</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>This model</source>
        <translation>这个模型</translation>
    </message>
    <message>
        <source>a while</source>
        <translation>一段时间</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>It said: “{words}.”</source>
        <translation>服务商说明：“{words}。”</translation>
    </message>
    <message>
        <source>Nothing was billed.</source>
        <translation>未计费。</translation>
    </message>
    <message>
        <source>It may have been billed.</source>
        <translation>可能已计费。</translation>
    </message>
    <message>
        <source>It was billed.</source>
        <translation>已计费。</translation>
    </message>
    <message>
        <source>The prompt is empty.</source>
        <translation>提示词是空的。</translation>
    </message>
    <message>
        <source>Write what the picture should show.</source>
        <translation>请写下想要的画面。</translation>
    </message>
    <message>
        <source>This model takes no references.</source>
        <translation>这个模型不支持参考图。</translation>
    </message>
    <message>
        <source>Remove them, or choose another model.</source>
        <translation>请移除参考图，或换一个模型。</translation>
    </message>
    <message>
        <source>{model} changes a picture and needs one reference.</source>
        <translation>{model} 用来修改图片，需要一张参考图。</translation>
    </message>
    <message>
        <source>Drop the picture that it should change.</source>
        <translation>请拖入要修改的图片。</translation>
    </message>
    <message>
        <source>References and pictures of a set are fifteen at most; {limit} are left.</source>
        <translation>参考图与组图合计最多 15 张，还剩 {limit} 张。</translation>
    </message>
    <message>
        <source>Ask for fewer pictures, or remove references.</source>
        <translation>请减少组图张数，或移除参考图。</translation>
    </message>
    <message>
        <source>The model does not take this size.</source>
        <translation>模型不支持这个尺寸。</translation>
    </message>
    <message>
        <source>Choose one of the sizes, or the nearest one offered.</source>
        <translation>请选择一个现有尺寸，或改用最接近的尺寸。</translation>
    </message>
    <message>
        <source>The reference {subject} is no longer in the library.</source>
        <translation>参考图 {subject} 已不在图库中。</translation>
    </message>
    <message>
        <source>Remove it, or drop the picture again.</source>
        <translation>请移除它，或重新拖入图片。</translation>
    </message>
    <message>
        <source>The address of the service cannot be used.</source>
        <translation>服务地址无法使用。</translation>
    </message>
    <message>
        <source>It has to begin with https. Start again with another --base-url.</source>
        <translation>地址必须以 https 开头。请换一个 --base-url 重新启动。</translation>
    </message>
    <message>
        <source>{host} cannot be reached.</source>
        <translation>无法连接 {host}。</translation>
    </message>
    <message>
        <source>{host} cannot be found on this network.</source>
        <translation>在当前网络中找不到 {host}。</translation>
    </message>
    <message>
        <source>The proxy {proxy} cannot be used. {said}</source>
        <translation>代理 {proxy} 无法使用。{said}</translation>
    </message>
    <message>
        <source>Too many references: {limit} at most.</source>
        <translation>参考图过多：最多 {limit} 张。</translation>
    </message>
    <message>
        <source>Remove some, or choose another model.</source>
        <translation>请移除几张，或换一个模型。</translation>
    </message>
    <message>
        <source>A choice in the prompt is not closed: “{subject}”.</source>
        <translation>提示词中的选项没有闭合：“{subject}”。</translation>
    </message>
    <message>
        <source>Close the choice, or put a backslash before a brace that is meant as one.</source>
        <translation>请闭合选项；如果大括号只是普通字符，请在前面加反斜杠。</translation>
    </message>
    <message>
        <source>{subject} has no value yet.</source>
        <translation>{subject} 还没有取值。</translation>
    </message>
    <message>
        <source>Write what stands in its place.</source>
        <translation>请填写替换它的内容。</translation>
    </message>
    <message>
        <source>One press makes {limit} requests at most; this would make {actual}.</source>
        <translation>一次最多发送 {limit} 个请求，这里会产生 {actual} 个。</translation>
    </message>
    <message>
        <source>Take out some of the choices, or ask for fewer variations.</source>
        <translation>请去掉一些选项，或减少份数。</translation>
    </message>
    <message>
        <source>Look at Proxy in Preferences or in the system&apos;s settings; only http and https proxies can be used.</source>
        <translation>请检查偏好设置或系统设置中的代理；只支持 http 和 https 代理。</translation>
    </message>
    <message>
        <source>Check the network; what waits goes on by itself.</source>
        <translation>请检查网络，等待中的请求会自动继续。</translation>
    </message>
    <message>
        <source>Check the network and the address; what waits goes on by itself.</source>
        <translation>请检查网络和地址，等待中的请求会自动继续。</translation>
    </message>
    <message>
        <source>{host} could not prove that it is the right one. {said}</source>
        <translation>{host} 无法证明自己的身份。{said}</translation>
    </message>
    <message>
        <source>Check that this computer&apos;s clock is right. A company that reads its network&apos;s traffic has to install its certificate in the system.</source>
        <translation>请检查这台电脑的时间是否正确。如果公司网络会检查流量，需要先把公司的证书安装到系统中。</translation>
    </message>
    <message>
        <source>This network wants you to sign in.</source>
        <translation>这个网络需要登录。</translation>
    </message>
    <message>
        <source>Open its page and sign in there; what waits then goes on by itself.</source>
        <translation>请打开登录页面并登录，之后等待中的请求会自动继续。</translation>
    </message>
    <message>
        <source>The connection broke while sending.</source>
        <translation>发送途中连接中断。</translation>
    </message>
    <message>
        <source>Send again.</source>
        <translation>请重发。</translation>
    </message>
    <message>
        <source>There is no key yet.</source>
        <translation>还没有密钥。</translation>
    </message>
    <message>
        <source>Paste a key, or try the demo.</source>
        <translation>请粘贴密钥，或试用演示。</translation>
    </message>
    <message>
        <source>That does not look like a key.</source>
        <translation>这不像是密钥。</translation>
    </message>
    <message>
        <source>Copy it again, the whole line and nothing else.</source>
        <translation>请重新复制，整行复制，不要多也不要少。</translation>
    </message>
    <message>
        <source>The service does not accept the key.</source>
        <translation>服务商不接受这个密钥。</translation>
    </message>
    <message>
        <source>Paste another key in Preferences.</source>
        <translation>请在偏好设置中粘贴另一个密钥。</translation>
    </message>
    <message>
        <source>The key is not allowed to do this. {said}</source>
        <translation>这个密钥没有相应权限。{said}</translation>
    </message>
    <message>
        <source>Choose another model, or use a key with more rights.</source>
        <translation>请换一个模型，或使用权限更高的密钥。</translation>
    </message>
    <message>
        <source>The balance of the account is used up.</source>
        <translation>账户余额已用完。</translation>
    </message>
    <message>
        <source>Top up the account, then send again.</source>
        <translation>请充值，然后重发。</translation>
    </message>
    <message>
        <source>This computer has no safe place for the key.</source>
        <translation>这台电脑没有可以安全保存密钥的地方。</translation>
    </message>
    <message>
        <source>A key is kept until the window is closed and is never written to disk.</source>
        <translation>密钥只保留到窗口关闭，不会写入磁盘。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring did not open.</source>
        <translation>系统钥匙串没有打开。</translation>
    </message>
    <message>
        <source>Unlock it, then try again.</source>
        <translation>请解锁后重试。</translation>
    </message>
    <message>
        <source>The system&apos;s keyring has not answered for a minute.</source>
        <translation>系统钥匙串一分钟没有响应。</translation>
    </message>
    <message>
        <source>It may be waiting for an answer of yours. Try again.</source>
        <translation>它可能在等待你确认。请再试一次。</translation>
    </message>
    <message>
        <source>The service did not accept {field}. {said}</source>
        <translation>服务商不接受参数：{field}。{said}</translation>
    </message>
    <message>
        <source>Change it, then send again.</source>
        <translation>请修改后重发。</translation>
    </message>
    <message>
        <source>The service&apos;s content check refused the prompt.</source>
        <translation>提示词未通过服务商的内容审核。</translation>
    </message>
    <message>
        <source>Put it in other words, then send again.</source>
        <translation>请换个说法，然后重发。</translation>
    </message>
    <message>
        <source>The service&apos;s content check refused a reference. {said}</source>
        <translation>有一张参考图未通过服务商的内容审核。{said}</translation>
    </message>
    <message>
        <source>Remove it or use another picture, then send again.</source>
        <translation>请移除或更换这张图片，然后重发。</translation>
    </message>
    <message>
        <source>A picture was made, but the service&apos;s content check held it back.</source>
        <translation>图片已生成，但未通过服务商的内容审核，没有交付。</translation>
    </message>
    <message>
        <source>Send again, or change the prompt.</source>
        <translation>请重发，或修改提示词。</translation>
    </message>
    <message>
        <source>The service does not know this model.</source>
        <translation>服务商没有这个模型。</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>请换一个模型。</translation>
    </message>
    <message>
        <source>The request is too large for the service.</source>
        <translation>请求太大，服务商无法接收。</translation>
    </message>
    <message>
        <source>Use fewer or smaller references.</source>
        <translation>请减少或缩小参考图。</translation>
    </message>
    <message>
        <source>The service asks to wait {wait}.</source>
        <translation>服务商要求等待 {wait}。</translation>
    </message>
    <message>
        <source>Send again then, or run fewer jobs at once.</source>
        <translation>请到时重发，或减少同时请求数。</translation>
    </message>
    <message>
        <source>Something failed at the service. {said}</source>
        <translation>服务商出现故障。{said}</translation>
    </message>
    <message>
        <source>Send again in a minute.</source>
        <translation>请一分钟后重发。</translation>
    </message>
    <message>
        <source>The service has moved to another address.</source>
        <translation>服务已迁到别的地址。</translation>
    </message>
    <message>
        <source>Your key was not sent there. Check the address, then send again.</source>
        <translation>密钥没有发往新地址。请核对地址，然后重发。</translation>
    </message>
    <message>
        <source>What answered is not the service; it may be the network&apos;s sign-in page.</source>
        <translation>回复的不是服务商，可能是网络登录页面。</translation>
    </message>
    <message>
        <source>Open a web page, sign in there, then send again.</source>
        <translation>请打开一个网页完成登录，然后重发。</translation>
    </message>
    <message>
        <source>The answer could not be read. It is kept with the request.</source>
        <translation>回复无法读取，已随请求保存。</translation>
    </message>
    <message>
        <source>Look at the provider&apos;s own list before sending again.</source>
        <translation>重发前，请先查看服务商的使用记录。</translation>
    </message>
    <message>
        <source>The answer holds no picture.</source>
        <translation>回复中没有图片。</translation>
    </message>
    <message>
        <source>No answer came in time.</source>
        <translation>没有及时收到回复。</translation>
    </message>
    <message>
        <source>The connection broke after sending.</source>
        <translation>发送后连接中断。</translation>
    </message>
    <message>
        <source>You stopped waiting after the request was sent.</source>
        <translation>请求发送后，你停止了等待。</translation>
    </message>
    <message>
        <source>Send again if the picture is still wanted.</source>
        <translation>如果还需要这张图片，请重发。</translation>
    </message>
    <message>
        <source>The application ended while the request was under way.</source>
        <translation>请求进行时程序退出了。</translation>
    </message>
    <message>
        <source>The bill shows that it was made, but its answer never came: it is lost.</source>
        <translation>账单显示图片已生成，但回复没有到达：图片已丢失。</translation>
    </message>
    <message>
        <source>Send the request again to get a picture; that is billed again.</source>
        <translation>如需图片请重发，会再次计费。</translation>
    </message>
    <message>
        <source>No answer came, and the bill shows that nothing was made.</source>
        <translation>没有收到回复，账单显示什么也没有生成。</translation>
    </message>
    <message>
        <source>Try again if the picture is still wanted.</source>
        <translation>如果仍需要图片，请重试。</translation>
    </message>
    <message>
        <source>The picture is there, but its link was refused.</source>
        <translation>图片已生成，但下载链接被拒绝。</translation>
    </message>
    <message>
        <source>Fetch it again; a link lives for 24 hours.</source>
        <translation>请重新下载；链接 24 小时内有效。</translation>
    </message>
    <message>
        <source>The picture&apos;s link has expired; it lived for 24 hours.</source>
        <translation>图片链接已过期（有效期 24 小时）。</translation>
    </message>
    <message>
        <source>The picture is there, but fetching it broke off.</source>
        <translation>图片已生成，但下载中断了。</translation>
    </message>
    <message>
        <source>Check the network, then fetch it again.</source>
        <translation>请检查网络，然后重新下载。</translation>
    </message>
    <message>
        <source>The picture&apos;s link leads into a private network and was not followed.</source>
        <translation>图片链接指向内部网络，没有打开。</translation>
    </message>
    <message>
        <source>Check the address of the service.</source>
        <translation>请核对服务地址。</translation>
    </message>
    <message>
        <source>{subject} is damaged or not whole.</source>
        <translation>{subject} 已损坏或不完整。</translation>
    </message>
    <message>
        <source>Fetch or copy it again.</source>
        <translation>请重新下载或复制。</translation>
    </message>
    <message>
        <source>What came is damaged or no picture. It is kept as it came.</source>
        <translation>收到的内容已损坏或不是图片，已原样保留。</translation>
    </message>
    <message>
        <source>Look at it, or send again if the picture is still wanted.</source>
        <translation>请查看它；如果仍需要图片，请重发。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Make room; what was received waits under Unfinished.</source>
        <translation>请腾出空间；已收到的内容保留在“未完成”中。</translation>
    </message>
    <message>
        <source>Nothing can be written to {subject}.</source>
        <translation>无法写入 {subject}。</translation>
    </message>
    <message>
        <source>Choose another folder, or allow writing to this one.</source>
        <translation>请换一个文件夹，或开放写入权限。</translation>
    </message>
    <message>
        <source>The library is not there: {subject}.</source>
        <translation>找不到图库：{subject}。</translation>
    </message>
    <message>
        <source>Connect its drive. What arrives meanwhile waits under Unfinished.</source>
        <translation>请连接所在的磁盘。期间收到的图片保留在“未完成”中。</translation>
    </message>
    <message>
        <source>The library does not answer: {subject}.</source>
        <translation>图库没有响应：{subject}。</translation>
    </message>
    <message>
        <source>Wake or reconnect its drive. What arrives waits under Unfinished.</source>
        <translation>请唤醒或重新连接所在磁盘。收到的图片保留在“未完成”中。</translation>
    </message>
    <message>
        <source>This board is no longer there: its folder was removed or moved outside.</source>
        <translation>此项目已不存在：它的文件夹在外部被移除或移动了。</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose another board, or put the folder back.</source>
        <translation>未作任何更改。请选择其他项目，或把文件夹放回原处。</translation>
    </message>
    <message>
        <source>The list of requests was damaged; it is kept as {subject}.</source>
        <translation>请求列表已损坏，原文件保留为 {subject}。</translation>
    </message>
    <message>
        <source>What was under way is not known; compare with the usage of your account.</source>
        <translation>当时正在进行的请求无法得知，请对照你账户的用量记录。</translation>
    </message>
    <message>
        <source>A newer version of Seedream Desktop made this library.</source>
        <translation>这个图库由更新版本的 Seedream Desktop 创建。</translation>
    </message>
    <message>
        <source>It can be looked at. Update the application to add to it.</source>
        <translation>现在只能查看。更新程序后才能添加图片。</translation>
    </message>
    <message>
        <source>{subject} is not a picture.</source>
        <translation>{subject} 不是图片。</translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP, TIFF, GIF, PSD and AVIF can be used.</source>
        <translation>可以使用 JPEG、PNG、WebP、TIFF、GIF、PSD 和 AVIF。</translation>
    </message>
    <message>
        <source>{subject} is {actual}; at most {limit} can be read.</source>
        <translation>{subject} 有 {actual}，最多能读取 {limit}。</translation>
    </message>
    <message>
        <source>{subject} is in a format that is not taken: {format}.</source>
        <translation>{subject} 的格式不受支持：{format}。</translation>
    </message>
    <message>
        <source>Save a copy as JPEG, PNG or TIFF.</source>
        <translation>请另存为 JPEG、PNG 或 TIFF。</translation>
    </message>
    <message>
        <source>{subject} holds layers and no flattened picture.</source>
        <translation>{subject} 只有图层，没有合并后的图像。</translation>
    </message>
    <message>
        <source>In Photoshop, save it again and maximize compatibility, or export it as PNG.</source>
        <translation>请在 Photoshop 中重新保存并选择“最大兼容”，或导出为 PNG。</translation>
    </message>
    <message>
        <source>{subject} is a drawing without pixels.</source>
        <translation>{subject} 是没有像素的矢量图。</translation>
    </message>
    <message>
        <source>Export it as PNG, then drop that.</source>
        <translation>请导出为 PNG，再拖入。</translation>
    </message>
    <message>
        <source>{subject} was not made with Seedream Desktop.</source>
        <translation>{subject} 不是用 Seedream Desktop 生成的。</translation>
    </message>
    <message>
        <source>Choose a picture that was made here.</source>
        <translation>请选择在这里生成的图片。</translation>
    </message>
    <message>
        <source>{subject} is client-safe: prompts and recipes stay there.</source>
        <translation>{subject} 是客户安全项目：提示词和配方不外传。</translation>
    </message>
    <message>
        <source>Switch that off in the board&apos;s settings to copy them.</source>
        <translation>在项目设置中关闭后即可复制。</translation>
    </message>
    <message>
        <source>{subject} holds no board that can be added, or it is damaged.</source>
        <translation>{subject} 中没有可添加的项目，或文件已损坏。</translation>
    </message>
    <message>
        <source>Have the board handed over once more.</source>
        <translation>请对方重新移交该项目。</translation>
    </message>
    <message>
        <source>No picture can be fetched from {host}. {said}</source>
        <translation>无法从 {host} 下载图片。{said}</translation>
    </message>
    <message>
        <source>Save the picture from the web page, then drop the file.</source>
        <translation>请先从网页保存图片，再拖入文件。</translation>
    </message>
    <message>
        <source>Save a smaller copy of at most {limit} pixels.</source>
        <translation>请另存一份较小的，最多 {limit} 像素。</translation>
    </message>
    <message>
        <source>Crop it; one side may be {limit} times the other.</source>
        <translation>请裁剪；长边最多为短边的 {limit} 倍。</translation>
    </message>
    <message>
        <source>{subject} is empty.</source>
        <translation>{subject} 是空文件。</translation>
    </message>
    <message>
        <source>Copy it again from where it came from.</source>
        <translation>请从原处重新复制。</translation>
    </message>
    <message>
        <source>The folder {subject} holds no pictures that can be used.</source>
        <translation>文件夹 {subject} 中没有可用的图片。</translation>
    </message>
    <message>
        <source>Drop the pictures themselves.</source>
        <translation>请直接拖入图片。</translation>
    </message>
    <message>
        <source>{subject} cannot be read.</source>
        <translation>无法读取 {subject}。</translation>
    </message>
    <message>
        <source>Check that you may open it, or copy it to this computer.</source>
        <translation>请确认你有权打开它，或先复制到这台电脑上。</translation>
    </message>
    <message>
        <source>Save a smaller copy, as JPEG for instance.</source>
        <translation>请另存一份较小的，例如存为 JPEG。</translation>
    </message>
    <message>
        <source>{subject} has too many pixels.</source>
        <translation>{subject} 的像素过多。</translation>
    </message>
    <message>
        <source>{subject} is too small.</source>
        <translation>{subject} 太小。</translation>
    </message>
    <message>
        <source>Each side has to be longer than 14 pixels.</source>
        <translation>每边须大于 14 像素。</translation>
    </message>
    <message>
        <source>{subject} is too long and narrow.</source>
        <translation>{subject} 过于细长。</translation>
    </message>
    <message>
        <source>The demo did not start.</source>
        <translation>演示没有启动。</translation>
    </message>
    <message>
        <source>Try it again.</source>
        <translation>请再试一次。</translation>
    </message>
    <message>
        <source>Something went wrong in Seedream Desktop itself. {said}</source>
        <translation>Seedream Desktop 自身出错。{said}</translation>
    </message>
    <message>
        <source>Try again; if it happens again, please report it.</source>
        <translation>请重试；如果再次出现，请反馈给我们。</translation>
    </message>
</context>
<context>
    <name>programs</name>
    <message>
        <source>Open a working copy with</source>
        <translation>用以下程序打开工作副本</translation>
    </message>
    <message>
        <source>The system&apos;s program for it</source>
        <translation>系统默认程序</translation>
    </message>
    <message>
        <source>Choose another program…</source>
        <translation>选择其他程序…</translation>
    </message>
</context>
<context>
    <name>queue</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel this; nothing is billed</source>
        <translation>取消这个请求，不计费</translation>
    </message>
    <message>
        <source>Stop waiting</source>
        <translation>停止等待</translation>
    </message>
    <message>
        <source>It was sent and may be billed all the same</source>
        <translation>请求已发送，仍可能计费</translation>
    </message>
    <message>
        <source>Cancel these</source>
        <translation>取消这些</translation>
    </message>
    <message>
        <source>Cancel what waits from this press; nothing is billed</source>
        <translation>取消这一批中等待的请求，不计费</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Compare the provider&apos;s bill with what is on record</source>
        <translation>将服务商账单与本地记录对照</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Send the same request again; the first one was not billed</source>
        <translation>再次发送同一请求，上一次未计费</translation>
    </message>
    <message>
        <source>Send the same request again; both may be billed</source>
        <translation>再次发送同一请求，两次都可能计费</translation>
    </message>
    <message>
        <source>Ask for the pictures that are missing, in one request</source>
        <translation>用一个请求补齐缺少的图片</translation>
    </message>
    <message>
        <source>Fetch or save the picture that was made; this costs nothing</source>
        <translation>下载或保存已生成的图片，不计费</translation>
    </message>
    <message>
        <source>Open a library…</source>
        <translation>打开图库…</translation>
    </message>
    <message>
        <source>Show where the library is now</source>
        <translation>指出图库现在的位置</translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Open the preferences, where this can be mended</source>
        <translation>打开偏好设置，可以在那里修正</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Open the network&apos;s sign-in page in the browser</source>
        <translation>在浏览器中打开网络的登录页面</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>复制编号</translation>
    </message>
    <message>
        <source>Copy the provider&apos;s id of this request, for their support</source>
        <translation>复制服务商的请求编号，供联系客服使用</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Take this out of the queue</source>
        <translation>从队列中移除</translation>
    </message>
    <message>
        <source>sending {part}</source>
        <translation>正在发送 {part}</translation>
    </message>
    <message>
        <source>Send again · {money}</source>
        <translation>重发 · {money}</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>{count} waiting, paused</source>
        <translation>{count} 个等待，已暂停</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个等待</translation>
    </message>
    <message>
        <source>waiting for the answer {elapsed} · longer than usual</source>
        <translation>等待回复 {elapsed} · 比平常久</translation>
    </message>
    <message>
        <source>waiting for the answer {elapsed} · usually {usual}</source>
        <translation>等待回复 {elapsed} · 通常 {usual}</translation>
    </message>
</context>
<context>
    <name>recipe parts</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>prompt</source>
        <comment>in a sentence</comment>
        <translation>提示词</translation>
    </message>
    <message>
        <source>references</source>
        <comment>in a sentence</comment>
        <translation>参考图</translation>
    </message>
    <message>
        <source>model</source>
        <comment>in a sentence</comment>
        <translation>模型</translation>
    </message>
    <message>
        <source>size</source>
        <comment>in a sentence</comment>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>options</source>
        <comment>in a sentence</comment>
        <translation>选项</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>1 reference</source>
        <translation>1 张参考图</translation>
    </message>
    <message>
        <source>{count} references</source>
        <translation>{count} 张参考图</translation>
    </message>
</context>
<context>
    <name>running</name>
    <message>
        <source>Show the queue</source>
        <translation>显示队列</translation>
    </message>
</context>
<context>
    <name>search</name>
    <message>
        <source>Finds “{words}” in texts only. Click the plus to find {kind} as well.</source>
        <translation>仅在文字中查找“{words}”。点击加号可同时按{kind}查找。</translation>
    </message>
    <message>
        <source>Finds {kind}, and “{words}” in texts. Click the cross to look in texts only.</source>
        <translation>按{kind}查找，也在文字中查找“{words}”。点击叉号则仅查找文字。</translation>
    </message>
    <message>
        <source>Leaves out {kind}. Click the cross to take it out of the search.</source>
        <translation>排除此{kind}。点击叉号从搜索中去掉。</translation>
    </message>
    <message>
        <source>Finds by {kind}. Click the cross to take it out of the search.</source>
        <translation>按{kind}查找。点击叉号从搜索中去掉。</translation>
    </message>
    <message>
        <source>Finds “{words}” in texts. Click the plus to find the colour instead.</source>
        <translation>在文字中查找“{words}”。点击加号改为查找颜色。</translation>
    </message>
    <message>
        <source>Finds the colour. Click the cross to find “{words}” in texts instead.</source>
        <translation>查找颜色。点击叉号改为在文字中查找“{words}”。</translation>
    </message>
    <message>
        <source>“{words}” is left out. Click the plus to find it in texts.</source>
        <translation>已忽略“{words}”。点击加号在文字中查找。</translation>
    </message>
    <message>
        <source>Finds “{words}” in texts. Click the cross to leave it out.</source>
        <translation>在文字中查找“{words}”。点击叉号忽略它。</translation>
    </message>
    <message>
        <source>{words}: left out. Backspace: find it in texts.</source>
        <translation>{words}：已忽略。退格键：在文字中查找。</translation>
    </message>
    <message>
        <source>{words}: in texts. Backspace: leave it out.</source>
        <translation>{words}：在文字中查找。退格键：忽略它。</translation>
    </message>
    <message>
        <source>{words}: in texts. Backspace: find the colour instead.</source>
        <translation>{words}：在文字中查找。退格键：改为查找颜色。</translation>
    </message>
    <message>
        <source>{words}: in texts only. Backspace: find {kind} as well.</source>
        <translation>{words}：仅限文字。退格键：同时按{kind}查找。</translation>
    </message>
    <message>
        <source>{words}: {kind}. Backspace: look in texts only.</source>
        <translation>{words}：{kind}。退格键：仅查找文字。</translation>
    </message>
    <message>
        <source>{words}: {kind}. Backspace: take it out.</source>
        <translation>{words}：{kind}。退格键：去掉。</translation>
    </message>
    <message>
        <source>words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>board</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>reference</source>
        <translation>参考图</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>“{words}” is left out: stars go from 0 to 5, as in rating:&gt;=4.</source>
        <translation>已忽略“{words}”：星级为 0 到 5，例如 rating:&gt;=4。</translation>
    </message>
    <message>
        <source>“{words}” is left out: a size is written as size:2k or size:&gt;2000.</source>
        <translation>已忽略“{words}”：尺寸写作 size:2k 或 size:&gt;2000。</translation>
    </message>
    <message>
        <source>“{words}” is left out: a shape is written as 16:9 or portrait.</source>
        <translation>已忽略“{words}”：形状写作 16:9 或“竖图”。</translation>
    </message>
    <message>
        <source>“{words}” is left out: a date is written as today, last week, march or 2026-03-14.</source>
        <translation>已忽略“{words}”：日期写作“今天”“上周”“3月”或 2026-03-14。</translation>
    </message>
    <message>
        <source>“{words}” is left out: it is not the name of a colour known here.</source>
        <translation>已忽略“{words}”：不是可识别的颜色名称。</translation>
    </message>
    <message>
        <source>“{words}” is left out: known are is:set, is:rejected, is:rated and more.</source>
        <translation>已忽略“{words}”：可用的有 is:set、is:rejected、is:rated 等。</translation>
    </message>
    <message>
        <source>The end of the search is left out: it has too many words.</source>
        <translation>搜索词过多，末尾部分已忽略。</translation>
    </message>
    <message>
        <source>“{words}” is left out: nothing is written behind it.</source>
        <translation>已忽略“{words}”：后面没有内容。</translation>
    </message>
    <message>
        <source>the colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>the time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>the stars</source>
        <translation>星级</translation>
    </message>
    <message>
        <source>the shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>the size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>has this tag</source>
        <translation>带有此标签</translation>
    </message>
    <message>
        <source>made with this model</source>
        <translation>用此模型生成</translation>
    </message>
    <message>
        <source>stars, 0 to 5</source>
        <translation>星级，0 到 5</translation>
    </message>
    <message>
        <source>pixels, as 2k</source>
        <translation>像素，如 2k</translation>
    </message>
    <message>
        <source>shape, as 16:9</source>
        <translation>形状，如 16:9</translation>
    </message>
    <message>
        <source>day, week, month or year</source>
        <translation>日、周、月或年</translation>
    </message>
    <message>
        <source>kept on this board</source>
        <translation>在此项目中</translation>
    </message>
    <message>
        <source>made with this reference</source>
        <translation>用此参考图生成</translation>
    </message>
    <message>
        <source>a colour in the picture</source>
        <translation>图片中的颜色</translation>
    </message>
    <message>
        <source>set, rejected, rated, tagged</source>
        <translation>组图、已淘汰、已评分、有标签</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>上周</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>去年</translation>
    </message>
    <message>
        <source>With a reference</source>
        <translation>有参考图</translation>
    </message>
    <message>
        <source>Without a reference</source>
        <translation>无参考图</translation>
    </message>
    <message>
        <source>Part of a set</source>
        <translation>组图成员</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已淘汰</translation>
    </message>
    <message>
        <source>There twice</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Made from another picture</source>
        <translation>由其他图片生成</translation>
    </message>
    <message>
        <source>Brought in</source>
        <translation>导入的</translation>
    </message>
    <message>
        <source>Made here</source>
        <translation>在此生成</translation>
    </message>
    <message>
        <source>With stars</source>
        <translation>已评分</translation>
    </message>
    <message>
        <source>Without stars</source>
        <translation>未评分</translation>
    </message>
    <message>
        <source>With a tag</source>
        <translation>有标签</translation>
    </message>
    <message>
        <source>Without a tag</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>With a title</source>
        <translation>有标题</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>有备注</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>竖图</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>方图</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>{stars} and more</source>
        <translation>{stars}及以上</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉</translation>
    </message>
    <message>
        <source>Brown</source>
        <translation>棕</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>黑</translation>
    </message>
    <message>
        <source>White</source>
        <translation>白</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰</translation>
    </message>
</context>
<context>
    <name>sent</name>
    <message>
        <source>sent as a link</source>
        <translation>以链接发送</translation>
    </message>
    <message>
        <source>sent as it is</source>
        <translation>按原样发送</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>sent as {format}</source>
        <translation>以 {format} 发送</translation>
    </message>
    <message>
        <source>{sent} instead of {original}</source>
        <translation>{sent}，而不是 {original}</translation>
    </message>
    <message>
        <source>{before} → {after} MB</source>
        <translation>{before} → {after} MB</translation>
    </message>
    <message>
        <source>first of {count} frames</source>
        <translation>{count} 帧中的第一帧</translation>
    </message>
    <message>
        <source>layers flattened</source>
        <translation>图层已合并</translation>
    </message>
    <message>
        <source>turned upright</source>
        <translation>已转正</translation>
    </message>
    <message>
        <source>colours converted to sRGB</source>
        <translation>颜色已转为 sRGB</translation>
    </message>
    <message>
        <source>8 bits a channel</source>
        <translation>每通道 8 位</translation>
    </message>
    <message>
        <source>compressed</source>
        <translation>已压缩</translation>
    </message>
    <message>
        <source>place, serial number and owner removed</source>
        <translation>已去除地点、序列号和所有者</translation>
    </message>
</context>
<context>
    <name>shortcuts</name>
    <message>
        <source>Making pictures</source>
        <translation>生成图片</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Send the last once more</source>
        <translation>再次发送上一批</translation>
    </message>
    <message>
        <source>Edit this picture</source>
        <translation>编辑这张图片</translation>
    </message>
    <message>
        <source>Add to references</source>
        <translation>加入参考图</translation>
    </message>
    <message>
        <source>Go to the prompt</source>
        <translation>转到提示词</translation>
    </message>
    <message>
        <source>Paste as reference</source>
        <translation>粘贴为参考图</translation>
    </message>
    <message>
        <source>New draft</source>
        <translation>新建草稿</translation>
    </message>
    <message>
        <source>Close this draft</source>
        <translation>关闭此草稿</translation>
    </message>
    <message>
        <source>Bring back the draft that was closed</source>
        <translation>恢复刚关闭的草稿</translation>
    </message>
    <message>
        <source>Next draft</source>
        <translation>下一个草稿</translation>
    </message>
    <message>
        <source>Open draft…</source>
        <translation>打开草稿…</translation>
    </message>
    <message>
        <source>Save draft…</source>
        <translation>保存草稿…</translation>
    </message>
    <message>
        <source>Earlier prompts…</source>
        <translation>用过的提示词…</translation>
    </message>
    <message>
        <source>In the prompt: the one used before, or after</source>
        <translation>在提示词中：上一条或下一条用过的提示词</translation>
    </message>
    <message>
        <source>Presets…</source>
        <translation>预设…</translation>
    </message>
    <message>
        <source>Marking up a reference</source>
        <translation>标注参考图</translation>
    </message>
    <message>
        <source>Mark up the reference</source>
        <translation>标注参考图</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>Arrow</source>
        <translation>箭头</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Red, blue, green or yellow with 1 to 4</source>
        <translation>用 1 到 4 选红、蓝、绿、黄</translation>
    </message>
    <message>
        <source>Thinner lines</source>
        <translation>线条变细</translation>
    </message>
    <message>
        <source>Thicker lines</source>
        <translation>线条变粗</translation>
    </message>
    <message>
        <source>New, in the middle</source>
        <translation>在中间新建</translation>
    </message>
    <message>
        <source>Select the next mark</source>
        <translation>选择下一处标注</translation>
    </message>
    <message>
        <source>Move; with Shift resize, with Ctrl by a pixel</source>
        <translation>移动；加 Shift 调整大小，加 Ctrl 每次一像素</translation>
    </message>
    <message>
        <source>Use the copy</source>
        <translation>使用副本</translation>
    </message>
    <message>
        <source>Looking and judging</source>
        <translation>查看与评选</translation>
    </message>
    <message>
        <source>Open in the viewer</source>
        <translation>在查看器中打开</translation>
    </message>
    <message>
        <source>Look at it large</source>
        <translation>放大查看</translation>
    </message>
    <message>
        <source>Fit or 100 %</source>
        <translation>适合或 100%</translation>
    </message>
    <message>
        <source>Hold: what it was made from</source>
        <translation>按住：查看来源图</translation>
    </message>
    <message>
        <source>Rate with 1 to 5 stars</source>
        <translation>评 1 到 5 星</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>取消评分</translation>
    </message>
    <message>
        <source>Reject, or take it back</source>
        <translation>淘汰或取消淘汰</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>The press as a table</source>
        <translation>整批表格</translation>
    </message>
    <message>
        <source>The set as a storyboard</source>
        <translation>以分镜查看组图</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy the file</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Slider</source>
        <translation>滑块</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>闪烁</translation>
    </message>
    <message>
        <source>Change places</source>
        <translation>互换位置</translation>
    </message>
    <message>
        <source>Act on A, B, C or D</source>
        <translation>选择 A、B、C 或 D</translation>
    </message>
    <message>
        <source>Run-off: the champion stays</source>
        <translation>擂台赛：保留擂主</translation>
    </message>
    <message>
        <source>Run-off: new champion</source>
        <translation>擂台赛：新擂主</translation>
    </message>
    <message>
        <source>Run-off: a step back</source>
        <translation>擂台赛：退一步</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>查找命令…</translation>
    </message>
    <message>
        <source>Compose or details</source>
        <translation>创作或详情</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Hide the panels</source>
        <translation>隐藏面板</translation>
    </message>
    <message>
        <source>Pictures only</source>
        <translation>只看图片</translation>
    </message>
    <message>
        <source>Second screen</source>
        <translation>第二屏幕</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Open a library</source>
        <translation>打开图库</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>导入文件夹…</translation>
    </message>
    <message>
        <source>Hand over this board…</source>
        <translation>移交此项目…</translation>
    </message>
    <message>
        <source>Check library…</source>
        <translation>检查图库…</translation>
    </message>
    <message>
        <source>Find duplicates</source>
        <translation>查找重复图片</translation>
    </message>
    <message>
        <source>Save this search…</source>
        <translation>保存此搜索…</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>size</name>
    <message>
        <source>Too small for {model}: it needs {count} million pixels.</source>
        <translation>对 {model} 来说太小：至少需要 {count} 百万像素。</translation>
    </message>
    <message>
        <source>Too large for {model}: it makes {count} million pixels at most.</source>
        <translation>对 {model} 来说太大：最多 {count} 百万像素。</translation>
    </message>
    <message>
        <source>Too narrow for {model}: one side may be {count} times the other.</source>
        <translation>对 {model} 来说太细长：长边最多为短边的 {count} 倍。</translation>
    </message>
    <message>
        <source>{model} needs sides that are multiples of {count}.</source>
        <translation>{model} 的边长必须是 {count} 的倍数。</translation>
    </message>
    <message>
        <source>{model} does not take this size.</source>
        <translation>{model} 不支持这个尺寸。</translation>
    </message>
    <message>
        <source>May be refused: the sources disagree whether {model} makes this size.</source>
        <translation>可能被拒绝：{model} 是否支持这个尺寸，各处说法不一。</translation>
    </message>
    <message>
        <source>No set: {model} makes one picture for each request.</source>
        <translation>不出组图：{model} 每个请求只生成一张。</translation>
    </message>
    <message>
        <source>JPEG, not PNG: {model} delivers nothing else.</source>
        <translation>JPEG 而非 PNG：{model} 只提供 JPEG。</translation>
    </message>
    <message>
        <source>The size is {after}: {model} does not follow image 1.</source>
        <translation>尺寸为 {after}：{model} 不能跟随图1。</translation>
    </message>
    <message>
        <source>Size changed from {before} to {after}: {reason}</source>
        <translation>尺寸已从 {before} 改为 {after}：{reason}</translation>
    </message>
    <message>
        <source>too large for {model}.</source>
        <translation>对 {model} 来说太大。</translation>
    </message>
    <message>
        <source>too small for {model}.</source>
        <translation>对 {model} 来说太小。</translation>
    </message>
    <message>
        <source>too narrow for {model}.</source>
        <translation>对 {model} 来说太细长。</translation>
    </message>
    <message>
        <source>{model} needs multiples of {count}.</source>
        <translation>{model} 要求边长为 {count} 的倍数。</translation>
    </message>
    <message>
        <source>{model} has no {preset}.</source>
        <translation>{model} 没有 {preset}。</translation>
    </message>
    <message>
        <source>{model} has a table of its own.</source>
        <translation>{model} 有自己的尺寸表。</translation>
    </message>
</context>
<context>
    <name>tile menu</name>
    <message>
        <source>Open in the viewer</source>
        <translation>在查看器中打开</translation>
    </message>
    <message>
        <source>Put back where it was</source>
        <translation>放回原处</translation>
    </message>
    <message>
        <source>Move to the system&apos;s trash…</source>
        <translation>移到系统回收站…</translation>
    </message>
    <message>
        <source>Empty the trash…</source>
        <translation>清空回收站…</translation>
    </message>
    <message>
        <source>Edit this picture</source>
        <translation>编辑这张图片</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考图</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy the file</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Copy the prompt</source>
        <translation>复制提示词</translation>
    </message>
    <message>
        <source>Copy the recipe</source>
        <translation>复制配方</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Open a working copy</source>
        <translation>打开工作副本</translation>
    </message>
    <message>
        <source>Open a working copy with…</source>
        <translation>用其他程序打开工作副本…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Press as a table</source>
        <translation>以表格查看整批</translation>
    </message>
    <message>
        <source>Open as a storyboard</source>
        <translation>以分镜打开</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>取消评分</translation>
    </message>
    <message>
        <source>Reject, or take it back</source>
        <translation>淘汰或取消淘汰</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>查找相似图片</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>标签…</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>移到回收站</translation>
    </message>
</context>
<context>
    <name>viewer</name>
    <message>
        <source>This picture is too large to be shown</source>
        <translation>图片过大，无法显示</translation>
    </message>
    <message>
        <source>Its file is as it was.</source>
        <translation>文件未受影响。</translation>
    </message>
    <message>
        <source>This file is damaged</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>It cannot be shown. If you have a copy, put it back in its place.</source>
        <translation>无法显示。如有备份，请放回原处。</translation>
    </message>
    <message>
        <source>This file is not where it was</source>
        <translation>文件不在原处</translation>
    </message>
    <message>
        <source>It was moved or deleted by another program, or its drive is away. Its record is still here.</source>
        <translation>文件被其他程序移动或删除，或所在磁盘未连接。它的记录仍在。</translation>
    </message>
    <message>
        <source>A part of the picture is missing. What is there is shown.</source>
        <translation>图片缺少一部分，现显示已有的部分。</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} 个等待</translation>
    </message>
    <message>
        <source>sending {part}</source>
        <translation>正在发送 {part}</translation>
    </message>
    <message>
        <source>{elapsed} · longer than usual</source>
        <translation>{elapsed} · 比平常久</translation>
    </message>
    <message>
        <source>{elapsed} · usually {usual}</source>
        <translation>{elapsed} · 通常 {usual}</translation>
    </message>
</context>
<context>
    <name>waiting</name>
    <message>
        <source>waiting for the sign-in</source>
        <translation>等待登录</translation>
    </message>
    <message>
        <source>waiting for the network</source>
        <translation>等待网络</translation>
    </message>
    <message>
        <source>waiting for the library</source>
        <translation>等待图库响应</translation>
    </message>
    <message>
        <source>waiting {duration}</source>
        <translation>等待 {duration}</translation>
    </message>
    <message>
        <source>trying again</source>
        <translation>正在重试</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>price not known</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>about {money}</source>
        <translation>约 {money}</translation>
    </message>
    <message>
        <source>up to {money}</source>
        <translation>最多 {money}</translation>
    </message>
    <message>
        <source>{money} each</source>
        <translation>每张 {money}</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message>
        <source>about {duration}</source>
        <translation>约 {duration}</translation>
    </message>
    <message>
        <source>{count} KB</source>
        <translation>{count} KB</translation>
    </message>
    <message>
        <source>{count} MB</source>
        <translation>{count} MB</translation>
    </message>
    <message>
        <source>{part} of {whole} KB</source>
        <translation>{part} / {whole} KB</translation>
    </message>
    <message>
        <source>{part} KB of {whole} MB</source>
        <translation>{part} KB / {whole} MB</translation>
    </message>
    <message>
        <source>{part} of {whole} MB</source>
        <translation>{part} / {whole} MB</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 张</translation>
    </message>
    <message>
        <source>{count} pictures</source>
        <translation>{count} 张</translation>
    </message>
    <message>
        <source>1 reference</source>
        <translation>1 张参考图</translation>
    </message>
    <message>
        <source>{count} references</source>
        <translation>{count} 张参考图</translation>
    </message>
    <message>
        <source>1 board</source>
        <translation>1 个项目</translation>
    </message>
    <message>
        <source>{count} boards</source>
        <translation>{count} 个项目</translation>
    </message>
    <message>
        <source>1 star</source>
        <translation>1 星</translation>
    </message>
    <message>
        <source>{count} stars</source>
        <translation>{count} 星</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>收件箱</translation>
    </message>
    <message>
        <source>{width} × {height} cm at {dpi} dpi</source>
        <translation>{width} × {height} cm（{dpi} dpi）</translation>
    </message>
    <message>
        <source>pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>image {number}: {name}, {size}</source>
        <translation>图{number}：{name}，{size}</translation>
    </message>
    <message>
        <source>all-round</source>
        <translation>全能</translation>
    </message>
    <message>
        <source>highest quality</source>
        <translation>画质最高</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>fine detail</source>
        <translation>细节丰富</translation>
    </message>
    <message>
        <source>classic, keeps a seed</source>
        <translation>经典，支持随机种子</translation>
    </message>
    <message>
        <source>edits one picture</source>
        <translation>修改单张图片</translation>
    </message>
    <message>
        <source>for drafts</source>
        <translation>适合草图</translation>
    </message>
    <message>
        <source>not in our table yet</source>
        <translation>暂无资料</translation>
    </message>
    <message>
        <source>up to {count} references</source>
        <translation>最多 {count} 张参考图</translation>
    </message>
    <message>
        <source>no references</source>
        <translation>不支持参考图</translation>
    </message>
    <message>
        <source>sets</source>
        <translation>可生成组图</translation>
    </message>
    <message>
        <source>no sets</source>
        <translation>不生成组图</translation>
    </message>
    <message>
        <source>Inside the answer</source>
        <translation>随回复返回</translation>
    </message>
    <message>
        <source>As a link</source>
        <translation>以链接返回</translation>
    </message>
    <message>
        <source>as image 1</source>
        <translation>同图1</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>fetching the picture</source>
        <translation>正在下载图片</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>may have been billed</source>
        <translation>可能已计费</translation>
    </message>
</context>
</TS>
