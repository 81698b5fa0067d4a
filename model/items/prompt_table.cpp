// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/items/prompt_table.h"

#include <QCoreApplication>

#include <algorithm>

#include "model/items/common_cells.h"
#include "model/items/drain_tables.h"
#include "model/items/format.h"

namespace plumbline {

using namespace Qt::StringLiterals;

namespace {

enum Column : std::size_t
{
    Name,
    Tokens,
    Cached,
    Cost,
    Bytes,
};

/// How a text begins, on one line.
QString excerptOfText(const std::string& text)
{
    constexpr std::size_t longest = 400;
    std::size_t end = std::min(text.size(), longest);
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return toQt(std::string_view(text).substr(0, end)).simplified();
}

QString whyNoText(const PromptBlock& block)
{
    if (block.block == 0)
        return block.segment == Segment::Reasoning ? PromptTable::tr("Reasoning that was not shown")
                                                   : PromptTable::tr("The provider's framing, and what nobody logged");
    return PromptTable::tr("The text is not kept: only its digest is");
}

} // namespace

QString segmentTitle(Segment segment)
{
    return QCoreApplication::translate("Segment", titleOf(segment));
}

namespace {

struct BlockRoleTexts
{
    Q_DECLARE_TR_FUNCTIONS(BlockRole)
};

} // namespace

QString roleTitle(BlockRole role)
{
    switch (role) {
    case BlockRole::System:
        return BlockRoleTexts::tr("system");
    case BlockRole::Developer:
        return BlockRoleTexts::tr("developer");
    case BlockRole::User:
        return BlockRoleTexts::tr("user");
    case BlockRole::Assistant:
        return BlockRoleTexts::tr("assistant");
    case BlockRole::Tool:
        return BlockRoleTexts::tr("tool");
    case BlockRole::Unknown:
        break;
    }
    return {};
}

QString blockTitle(const PromptBlock& block)
{
    if (block.block == 0)
        return PromptTable::tr("not logged");
    if (!block.tool.empty())
        return toQt(block.tool);
    if (!block.document.empty())
        return toQt(block.document);
    const QString role = roleTitle(block.role);
    if (block.kind == BlockKind::Document)
        return PromptTable::tr("document");
    if (block.kind == BlockKind::Media)
        return PromptTable::tr("image, audio or file");
    return role.isEmpty() ? PromptTable::tr("text") : role;
}

Part partOf(Segment segment)
{
    return segmentParts[static_cast<std::size_t>(segment)];
}

PromptTable::PromptTable(QObject* parent) : FactTable(parent)
{
    show({});
}

void PromptTable::show(PromptAnswer prompt)
{
    reset([&] {
        m_prompt = std::move(prompt);
        m_groups.clear();
        m_open.clear();
        const auto add = [&](const PromptBlock& block) {
            auto group = std::find_if(m_groups.begin(), m_groups.end(),
                                      [&](const Group& one) { return one.segment == block.segment; });
            if (group == m_groups.end())
                group = m_groups.insert(m_groups.end(), Group{.segment = block.segment});
            group->blocks.push_back(&block);
            if (block.tokens)
                group->tokens = group->tokens.value_or(0) + *block.tokens;
            group->cached += block.cached;
            if (block.cost)
                group->cost = group->cost.value_or(MoneySum()) + MoneySum(*block.cost);
        };
        for (const bool isOutput : {false, true}) {
            for (const PromptBlock& block : m_prompt.blocks)
                if (block.isOutput == isOutput)
                    add(block);
            for (const PromptBlock& block : m_prompt.unlogged)
                if (block.isOutput == isOutput)
                    add(block);
        }
        using enum ColumnKind;
        m_headings = {{u"block"_s, tr("Part"), Block},
                      {u"tokens"_s, tr("Tokens"), Figure,
                       tr("Within a segment estimated by the model's weights; together the reported tokens")},
                      {u"cached"_s, tr("Cached"), Figure, tr("Of the tokens, read from a cache"), true},
                      {u"cost"_s, tr("Cost"), Figure, tr("By where the tokens lie: cached, written or neither")},
                      {u"bytes"_s, tr("Size"), Figure, tr("UTF-8 bytes of the text"), true}};
        layOut();
    });
}

void PromptTable::layOut()
{
    m_shown.clear();
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        m_shown.push_back({group, -1});
        if (m_open.contains(group))
            for (std::size_t block = 0; block < m_groups[group].blocks.size(); ++block)
                m_shown.push_back({group, static_cast<int>(block)});
    }
}

std::vector<const PromptBlock*> PromptTable::blocksAt(int row) const
{
    const Shown& shown = m_shown[sourceRow(row)];
    const auto& blocks = m_groups[shown.group].blocks;
    return shown.block < 0 ? blocks : std::vector{blocks[static_cast<std::size_t>(shown.block)]};
}

bool PromptTable::hasChildren(int row) const
{
    const Shown& shown = m_shown[sourceRow(row)];
    return shown.block < 0 && m_groups[shown.group].blocks.size() > 1;
}

void PromptTable::setOpen(int row, bool isOpen)
{
    const std::size_t group = m_shown[sourceRow(row)].group;
    if (isOpen == m_open.contains(group))
        return;
    reset([&] {
        if (isOpen)
            m_open.insert(group);
        else
            m_open.erase(group);
        layOut();
    });
}

QString PromptTable::rowKey(int row) const
{
    const Shown& shown = m_shown[sourceRow(row)];
    return u"%1 %2"_s.arg(shown.group).arg(shown.block);
}

int PromptTable::segmentRow(int row) const
{
    const std::size_t group = m_shown[sourceRow(row)].group;
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        if (m_shown[i].group == group && m_shown[i].block < 0)
            return shownRow(i);
    return -1;
}

MakeUp PromptTable::makeUp() const
{
    MakeUp makeUp;
    if (!m_prompt.isAnalysed)
        return makeUp;
    for (const Group& group : m_groups)
        if (group.tokens.value_or(0) > 0)
            makeUp.pieces +=
                {partOf(group.segment), static_cast<double>(*group.tokens), static_cast<double>(group.cached)};
    return makeUp;
}

QString PromptTable::nameOf(const Group& group, const PromptBlock* block) const
{
    if (block)
        return blockTitle(*block);
    // Who speaks in the segment: the first, and the last where that is another.
    const auto speaker = [&](const PromptBlock* of) { return of->block == 0 ? QString() : roleTitle(of->role); };
    const QString first = speaker(group.blocks.front());
    QString last;
    for (const PromptBlock* one : group.blocks)
        if (const QString role = speaker(one); !role.isEmpty() && role != first)
            last = role;
    if (group.segment == Segment::Tools)
        return tr("tools");
    if (first.isEmpty())
        return segmentTitle(group.segment);
    return last.isEmpty() ? first : u"%1 … %2"_s.arg(first, last);
}

BlockMark PromptTable::markOf(const Group& group, const PromptBlock* block) const
{
    BlockMark mark{.part = partOf(group.segment), .depth = block ? 1 : 0};
    const PromptBlock& shown = block ? *block : *group.blocks.front();
    mark.excerpt = shown.text ? excerptOfText(*shown.text) : whyNoText(shown);
    const std::optional<TokenCount> tokens = block ? block->tokens : group.tokens;
    const TokenCount cached = block ? block->cached : group.cached;
    if (tokens.value_or(0) > 0)
        mark.cached = static_cast<double>(cached) / static_cast<double>(*tokens);
    if (block) {
        if (block->kind == BlockKind::ToolCall)
            mark.about = tr("tool call");
        else if (block->kind == BlockKind::ToolResult)
            mark.about = tr("tool result");
        else if (block->block != 0)
            mark.about = tr("message %1").arg(block->message + 1);
        return mark;
    }
    mark.hasChildren = group.blocks.size() > 1;
    mark.isOpen = m_open.contains(static_cast<std::size_t>(&group - m_groups.data()));
    QStringList about;
    if (const QString title = segmentTitle(group.segment); title != nameOf(group, nullptr))
        about += title;
    if (group.blocks.size() > 1)
        about += (group.segment == Segment::Tools ? tr("%n definitions", nullptr, static_cast<int>(group.blocks.size()))
                                                  : tr("%n parts", nullptr, static_cast<int>(group.blocks.size())));
    mark.about = about.join(u" · "_s);
    for (const SegmentClaim& claim : m_prompt.claims) {
        if (claim.segment != group.segment || claim.confidence == Confidence::Beside)
            continue;
        mark.badges += {claim.tokens > 0 ? tr("%1: %2 tok").arg(drainTitle(claim.drain), format::count(claim.tokens))
                                         : drainTitle(claim.drain),
                        confidenceTone(claim.confidence)};
    }
    if (group.cached > 0)
        mark.badges +=
            {cached == tokens ? tr("from the cache") : tr("%1 from the cache").arg(format::percent(mark.cached)),
             Tone::Good};
    return mark;
}

Cell PromptTable::cell(std::size_t row, std::size_t column) const
{
    const Shown& shown = m_shown[row];
    const Group& group = m_groups[shown.group];
    const PromptBlock* block = shown.block < 0 ? nullptr : group.blocks[static_cast<std::size_t>(shown.block)];
    const QString notAnalysed = tr("The call was not analysed yet");
    switch (column) {
    case Name: {
        const BlockMark mark = markOf(group, block);
        QStringList badges;
        for (const BlockMark::Badge& badge : mark.badges)
            badges += badge.text;
        const QString name = nameOf(group, block);
        QString toolTip = mark.about.isEmpty() ? name : u"%1 · %2"_s.arg(name, mark.about);
        if (!badges.isEmpty())
            toolTip += u'\n' + badges.join(u'\n');
        for (const SegmentClaim& claim : m_prompt.claims)
            if (!block && claim.segment == group.segment && claim.money != Money())
                toolTip += u'\n' + tr("%1: %2").arg(drainTitle(claim.drain), format::money(MoneySum(claim.money)));
        return {.text = name,
                .value = static_cast<qlonglong>(row),
                .toolTip = toolTip,
                .picture = QVariant::fromValue(mark)};
    }
    case Tokens: {
        const auto tokens = block ? block->tokens : group.tokens;
        return tokens ? cells::tokens(tokens) : Cell{.text = format::unknown(), .toolTip = notAnalysed};
    }
    case Cached:
        if (!(block ? block->tokens : group.tokens))
            return {.text = format::unknown(), .toolTip = notAnalysed};
        return cells::tokens(block ? block->cached : group.cached);
    case Cost:
        if (block)
            return cells::cost(block->cost ? std::optional(MoneySum(*block->cost)) : std::nullopt,
                               tr("Not priced, or not analysed yet"));
        return cells::cost(group.cost, tr("Not priced, or not analysed yet"));
    default:
        break;
    }
    std::int64_t bytes = 0;
    for (const PromptBlock* one : group.blocks)
        if (!block || one == block)
            bytes += one->bytes;
    return {.text = format::bytes(static_cast<std::uint64_t>(bytes)), .value = static_cast<qlonglong>(bytes)};
}

} // namespace plumbline
