// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include "model/items/fact_table.h"
#include "model/queries/prompt_answers.h"

namespace plumbline {

/// `System prompt`, translated; `system`, as who speaks.
QString segmentTitle(Segment segment);
QString roleTitle(BlockRole role);
/// What a block is in a few words: `lookup_order`, `message 4 · assistant`.
QString blockTitle(const PromptBlock& block);
Part partOf(Segment segment);

/// A prompt and its answer, segment by segment in the order they first appear, each unfolding into its blocks.
class PromptTable : public FactTable
{
    Q_OBJECT

public:
    explicit PromptTable(QObject* parent = nullptr);

    void show(PromptAnswer prompt);
    void clear() { show({}); }
    const PromptAnswer& prompt() const { return m_prompt; }
    /// The blocks a row stands for: one, or all of a segment.
    std::vector<const PromptBlock*> blocksAt(int row) const;
    bool isSegment(int row) const { return m_shown[sourceRow(row)].block < 0; }
    bool hasChildren(int row) const;
    bool isOpen(int row) const { return m_open.contains(m_shown[sourceRow(row)].group); }
    void setOpen(int row, bool isOpen);
    int segmentRow(int row) const;
    /// Tokens by segment, for a bar above; empty: not analysed.
    MakeUp makeUp() const;

    std::size_t allRows() const override { return m_shown.size(); }
    QString rowKey(int row) const override;

protected:
    const std::vector<Heading>& headings() const override { return m_headings; }
    Cell cell(std::size_t row, std::size_t column) const override;

private:
    /// Blocks of a segment, with their sums.
    struct Group
    {
        Segment segment = Segment::Other;
        std::vector<const PromptBlock*> blocks = {}; ///< those of the lists, then what nobody logged
        std::optional<TokenCount> tokens = {};
        TokenCount cached = 0;
        std::optional<MoneySum> cost = {};
    };
    struct Shown
    {
        std::size_t group = 0;
        int block = -1; ///< −1: the segment itself
    };
    void layOut();
    BlockMark markOf(const Group& group, const PromptBlock* block) const;
    QString nameOf(const Group& group, const PromptBlock* block) const;

    PromptAnswer m_prompt;
    std::vector<Heading> m_headings;
    std::vector<Group> m_groups;
    std::set<std::size_t> m_open;
    std::vector<Shown> m_shown;
};

} // namespace plumbline
