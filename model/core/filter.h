// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
};

/// A dimension, with the key where it is `Metadata`. Spelled `feature`, `day`, `metadata.tenant`.
struct DimensionChoice
{
    Dimension dimension = Dimension::Feature;
    std::string key = {};

    bool operator==(const DimensionChoice&) const = default;
};

std::string idOf(const DimensionChoice& choice);
/// Usage: unknown, with the list of what is known.
Result<DimensionChoice> dimensionFromId(std::string_view id);
/// All but Metadata, in the order of the enumeration.
std::vector<Dimension> allDimensions();
/// English titles for the window, translated there: `Feature`, `Prompt version`.
const char* titleOf(Dimension dimension);

/// How a call without a value is shown and asked for: `(none)`, for features `unallocated`.
std::string_view missingValue(Dimension dimension);

/// One chip: the calls whose value is among these, or is not.
struct Condition
{
    DimensionChoice of = {};
    bool isExcluded = false;
    std::vector<std::string> values = {}; ///< `missingValue` stands for calls without one

    bool operator==(const Condition&) const = default;
};

/// Reads `model=gpt-4o,gpt-4o-mini` or `feature!=support-chat`. Usage: not of that form.
Result<Condition> conditionFromText(std::string_view text);
std::string textOf(const Condition& condition);

/// Which calls a question is about. Empty is all of them. Conditions on several dimensions all hold.
struct Filter
{
    std::optional<Period> period = {};
    std::vector<Condition> conditions = {};

    bool operator==(const Filter&) const = default;
    bool isEmpty() const { return !period && conditions.empty(); }
};

} // namespace plumbline
