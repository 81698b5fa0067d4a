// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/core/error.h"
#include "model/core/time.h"

namespace plumbline {

/// What calls can be grouped and filtered by. Every one is single-valued but `Tag`, whose groups overlap.
enum class Dimension
{
    Feature,
    Model,
    Provider,
    Environment,
    Step, ///< the span's name
    Agent,
    Tool,
    User,
    Session,
    Tag,
    Prompt, ///< name and version
    Release,
    Status,
    Source, ///< the import it came from
    Hour,
    Day,
    Week, ///< named after its Monday
    Month,
    Weekday,   ///< Monday first
    HourOfDay, ///< 00 to 23
    Metadata,  ///< the value of one metadata key
    // Calls are filtered by these, and not grouped:
    Trace,        ///< its id, as its source spells it
    Drain,        ///< one that claims something of the call
    SystemPrompt, ///< a version of the instructions it was sent with, by its digest in this workspace
    ToolSet,      ///< the definitions it was offered, likewise
    OfferedTool,  ///< one of them, by its name
    Text,         ///< words of its prompt or its answer
    Cost,         ///< dollars
    Tokens,
    InputTokens,
    OutputTokens,
    CachedTokens, ///< read from a cache
    Latency,      ///< seconds
    Waste,        ///< dollars
};

/// A dimension, with the key where it is `Metadata`. Spelled `feature`, `day`, `metadata.tenant`.
struct DimensionChoice
{
    Dimension dimension = Dimension::Feature;
    std::string key = {};

    bool operator==(const DimensionChoice&) const = default;
};

std::string idOf(const DimensionChoice& choice);
/// One that calls can be grouped by. Usage: unknown, with the list of what is known.
Result<DimensionChoice> dimensionFromId(std::string_view id);
/// The same, or one that calls are only filtered by.
Result<DimensionChoice> fieldFromId(std::string_view id);
/// All that calls are grouped by but Metadata, in the order of the enumeration.
std::vector<Dimension> allDimensions();
/// Those that calls are only filtered by.
std::vector<Dimension> onlyFields();
/// Whether it is an amount, which is compared with: `cost>0.10`.
bool isFigure(Dimension dimension);
/// English titles for the window, translated there: `Feature`, `Prompt version`.
const char* titleOf(Dimension dimension);

/// How a call without a value is shown and asked for: `(none)`, for features `unallocated`.
std::string_view missingValue(Dimension dimension);
/// As the value of a figure: calls that do not say it, `tokens=unknown`. An exclusion: those that do.
constexpr std::string_view unknownFigure = "unknown";
/// The value of `SystemPrompt` and `ToolSet`: the digest in sixteen digits.
std::string digestValue(std::uint64_t digest);
/// The value of dimension `Source` that names an import: names may repeat.
std::string sourceValue(std::string_view name, std::int64_t import);

/// How a call's value is compared with those of a condition.
enum class Match
{
    Is,       ///< one of them
    Contains, ///< one of them is part of it, whatever the case
    Less,
    OrLess,
    More,
    OrMore,
};
/// `=`, `~`, `<`, `<=`, `>`, `>=`.
std::string_view signOf(Match match);

/// One chip: the calls whose value is among these, or is not.
struct Condition
{
    DimensionChoice of = {};
    bool isExcluded = false;
    std::vector<std::string> values = {}; ///< `missingValue` stands for calls without one; one alone for figures
    Match match = Match::Is;

    bool operator==(const Condition&) const = default;
};

/// The amount of a figure's condition: picodollars, tokens, microseconds. Reads `0.10` and `$0.10`, `4000`, `4k` and
/// `1.5M`, `2`, `2s`, `350ms` and `3m`. Usage: no amount of that figure.
Result<std::int64_t> amountFrom(Dimension figure, std::string_view text);

/// Reads `model=gpt-4o,gpt-4o-mini`, `feature!=support-chat`, `model~opus` or `cost>0.10`. Usage: not of that form.
Result<Condition> conditionFromText(std::string_view text);
std::string textOf(const Condition& condition);
/// Whether it asks for calls that do not say a figure, or, excluded, for those that do.
bool asksForUnknown(const Condition& condition);
/// That the field may be compared so, with these values; `conditionFromText` has it checked. Usage: it may not.
Result<> check(const Condition& condition);

/// Which calls a question is about. Empty is all of them. Conditions on several dimensions all hold.
struct Filter
{
    std::optional<Period> period = {};
    std::vector<Condition> conditions = {};

    bool operator==(const Filter&) const = default;
    bool isEmpty() const { return !period && conditions.empty(); }
};

} // namespace plumbline
