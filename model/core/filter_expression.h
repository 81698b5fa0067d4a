// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/core/filter.h"

namespace plumbline {

/// A piece of an expression as it was typed, for completion and for marking what is wrong: bytes from `first` on.
struct ExpressionPiece
{
    enum class Kind
    {
        Word,  ///< a field's name that is being typed, or a word to look for
        Field, ///< a name with a sign behind it
        Sign,
        Value,
        Phrase, ///< a text to look for, with its quotes
    };
    Kind kind = Kind::Word;
    std::size_t first = 0, count = 0;
    std::string field = {}; ///< of values: whose

    bool operator==(const ExpressionPiece&) const = default;
};

/// What an expression asks for, or where and why it cannot be understood.
struct FilterExpression
{
    std::vector<Condition> conditions = {};
    std::vector<ExpressionPiece> pieces = {};
    std::string problem = {}; ///< empty: understood
    std::size_t problemAt = 0;

    bool isValid() const { return problem.empty(); }
};

/// Reads `feature:support-chat model~opus cost>0.10 -user:ann,bob drain:resent-history "late refund"`: parts that all
/// hold, apart by spaces. `:` and `=` are the same; `!` before a sign, or `-` before a part, turns it round; values
/// with spaces, commas or quotes stand in quotes; what has no field is looked for in prompts and answers.
FilterExpression readExpression(std::string_view text);
/// The same as a result. Usage: the problem, and where it is.
Result<std::vector<Condition>> conditionsFromExpression(std::string_view text);
/// The expression that reads as these conditions.
std::string expressionOf(const std::vector<Condition>& conditions);
/// A value as it stands in an expression: in quotes where it needs them.
std::string quotedValue(std::string_view value);

} // namespace plumbline
