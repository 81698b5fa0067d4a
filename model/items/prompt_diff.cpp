// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/prompt_diff.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

#include "model/items/alignment.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

using Row = PromptDiff::Row;
using Kind = Row::Kind;

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(PromptDiff)
};

/// Runs of what is at one side only become pairs, as far as both sides have some.
std::vector<AlignedPair> paired(const std::vector<AlignedPair>& steps)
{
    std::vector<AlignedPair> pairs;
    for (std::size_t at = 0; at < steps.size();) {
        if (steps[at].left && steps[at].right) {
            pairs.push_back(steps[at++]);
            continue;
        }
        std::vector<std::size_t> left, right;
        for (; at < steps.size() && !(steps[at].left && steps[at].right); ++at)
            steps[at].left ? left.push_back(*steps[at].left) : right.push_back(*steps[at].right);
        for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i)
            pairs.push_back({i < left.size() ? std::optional(left[i]) : std::nullopt,
                             i < right.size() ? std::optional(right[i]) : std::nullopt});
    }
    return pairs;
}

qsizetype commonStart(const QString& left, const QString& right)
{
    qsizetype same = 0;
    while (same < left.size() && same < right.size() && left[same] == right[same])
        ++same;
    // A pair of surrogates is one character.
    return same > 0 && left[same - 1].isHighSurrogate() ? same - 1 : same;
}

Row changedLine(const QString& left, const QString& right)
{
    const qsizetype start = commonStart(left, right);
    qsizetype end = 0;
    while (end < left.size() - start && end < right.size() - start &&
           left[left.size() - 1 - end] == right[right.size() - 1 - end])
        ++end;
    return {.kind = Kind::Changed,
            .left = left,
            .right = right,
            .leftMark = {start, left.size() - start - end},
            .rightMark = {start, right.size() - start - end}};
}

QString nameOf(const PromptBlock& block)
{
    QString name = toQt(idOf(block.role));
    if (block.kind != BlockKind::Text)
        name = toQt(idOf(block.kind)).replace(u'-', u' ');
    if (!block.tool.empty())
        name += u" · "_s + toQt(block.tool);
    if (!block.document.empty())
        name += u" · "_s + toQt(block.document);
    return Texts::tr("%1 · %2").arg(name, format::bytes(static_cast<std::uint64_t>(block.bytes)));
}

/// Equal lines are shown next to what differs; of the others is told how many there are.
void appendLines(QList<Row>& rows, const QString& left, const QString& right)
{
    constexpr qsizetype context = 2;
    const QStringList leftLines = left.split(u'\n'), rightLines = right.split(u'\n');
    const auto isEqual = [&](std::size_t i, std::size_t j) {
        return leftLines[static_cast<qsizetype>(i)] == rightLines[static_cast<qsizetype>(j)];
    };
    QList<Row> lines;
    const auto steps = paired(
        aligned(static_cast<std::size_t>(leftLines.size()), static_cast<std::size_t>(rightLines.size()), isEqual));
    for (const AlignedPair& step : steps) {
        const QString l = step.left ? leftLines[static_cast<qsizetype>(*step.left)] : QString();
        const QString r = step.right ? rightLines[static_cast<qsizetype>(*step.right)] : QString();
        if (!step.right)
            lines += {.kind = Kind::LeftOnly, .left = l, .leftMark = {0, l.size()}};
        else if (!step.left)
            lines += {.kind = Kind::RightOnly, .right = r, .rightMark = {0, r.size()}};
        else if (l == r)
            lines += {.kind = Kind::Same, .left = l, .right = r};
        else
            lines += changedLine(l, r);
    }
    for (qsizetype at = 0; at < lines.size();) {
        if (lines[at].kind != Kind::Same) {
            rows += lines[at++];
            continue;
        }
        qsizetype end = at;
        while (end < lines.size() && lines[end].kind == Kind::Same)
            ++end;
        const qsizetype before = at == 0 ? 0 : context, after = end == lines.size() ? 0 : context;
        if (end - at <= before + after + 1) {
            rows += lines.mid(at, end - at);
        } else {
            rows += lines.mid(at, before);
            const QString skipped = Texts::tr("%1 equal lines").arg(format::count(end - at - before - after));
            rows += {.kind = Kind::Skipped, .left = skipped, .right = skipped};
            rows += lines.mid(end - after, after);
        }
        at = end;
    }
}

std::vector<const PromptBlock*> promptBlocks(const PromptAnswer& answer)
{
    std::vector<const PromptBlock*> blocks;
    for (const PromptBlock& block : answer.blocks)
        if (!block.isOutput)
            blocks.push_back(&block);
    return blocks;
}

} // namespace

QString excerptOf(const QString& line, PromptDiff::Mark& mark, qsizetype most)
{
    if (line.size() <= most)
        return line;
    const qsizetype before = most / 4;
    qsizetype first = std::max<qsizetype>(0, mark.first - before);
    if (first > 0 && line[first].isLowSurrogate())
        ++first;
    const QString lead = first > 0 ? u"… "_s : QString();
    const QString shown = line.mid(first, most);
    mark = {mark.first - first + lead.size(), std::min(mark.count, shown.size() - (mark.first - first))};
    return lead + shown + (first + shown.size() < line.size() ? u" …"_s : QString());
}

PromptDiff diffOf(const PromptAnswer& left, const PromptAnswer& right)
{
    const auto leftBlocks = promptBlocks(left), rightBlocks = promptBlocks(right);
    PromptDiff diff;
    qint64 equalBytes = 0;
    const auto differHere = [&](qint64 bytesInto) {
        if (!diff.firstDifference)
            diff.firstDifference = equalBytes + bytesInto;
    };
    const auto steps = paired(aligned(leftBlocks.size(), rightBlocks.size(), [&](std::size_t i, std::size_t j) {
        return leftBlocks[i]->block == rightBlocks[j]->block;
    }));
    for (const AlignedPair& step : steps) {
        const PromptBlock* l = step.left ? leftBlocks[*step.left] : nullptr;
        const PromptBlock* r = step.right ? rightBlocks[*step.right] : nullptr;
        const QString leftName = l ? nameOf(*l) : QString(), rightName = r ? nameOf(*r) : QString();
        if (l && r && l->block == r->block) {
            diff.rows += {.kind = Kind::SameBlock, .left = leftName, .right = rightName};
            if (!diff.firstDifference)
                equalBytes += l->bytes;
            continue;
        }
        diff.rows += {.kind = Kind::Block, .left = leftName, .right = rightName};
        const bool isKept = (!l || l->text) && (!r || r->text);
        diff.hasTexts &= isKept;
        if (!isKept) {
            differHere(0);
            continue;
        }
        const QString leftText = l ? toQt(*l->text) : QString(), rightText = r ? toQt(*r->text) : QString();
        differHere(leftText.first(commonStart(leftText, rightText)).toUtf8().size());
        if (l && r)
            appendLines(diff.rows, leftText, rightText);
        else
            for (const QString& line : (l ? leftText : rightText).split(u'\n'))
                diff.rows += l ? Row{.kind = Kind::LeftOnly, .left = line, .leftMark = {0, line.size()}}
                               : Row{.kind = Kind::RightOnly, .right = line, .rightMark = {0, line.size()}};
    }
    return diff;
}

} // namespace plumbline
