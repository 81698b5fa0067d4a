// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include <optional>

#include "model/queries/prompt_answers.h"

namespace plumbline {

/// Two prompts side by side, block by block and, where blocks differ, line by line.
struct PromptDiff
{
    /// A piece of a text: characters from `first` on.
    struct Mark
    {
        qsizetype first = 0, count = 0;
        bool operator==(const Mark&) const = default;
    };
    struct Row
    {
        enum class Kind
        {
            Block,     ///< heads what follows: role, kind, size
            SameBlock, ///< heads a block that is the same on both sides, which is not shown
            Same,      ///< a line on both sides
            Changed,   ///< what differs is marked
            LeftOnly,
            RightOnly,
            Skipped, ///< so many equal lines stand here
        };
        Kind kind = Kind::Same;
        QString left = {}, right = {};
        Mark leftMark = {}, rightMark = {};
        bool operator==(const Row&) const = default;
    };
    QList<Row> rows = {};
    /// Bytes of the prompts that are equal from their beginning on; empty where they do not differ at all.
    std::optional<qint64> firstDifference = {};
    bool hasTexts = true; ///< false: bodies are not kept, only blocks are told apart
};

/// A line as far as there is room for it, around its mark: what differs is never cut away. The mark is moved along.
QString excerptOf(const QString& line, PromptDiff::Mark& mark, qsizetype most);

PromptDiff diffOf(const PromptAnswer& left, const PromptAnswer& right);

} // namespace plumbline
