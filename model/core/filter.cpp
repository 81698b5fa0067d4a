// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/filter.h"

#include <array>

namespace plumbline {

namespace {

struct Naming
{
    Dimension dimension;
    std::string_view id;
    const char* title;
};

// Marks titles for lupdate without Qt; the window translates them.
#define TR_NOOP(text) text

constexpr std::array namings = {
    Naming{Dimension::Feature, "feature", TR_NOOP("Feature")},
    Naming{Dimension::Model, "model", TR_NOOP("Model")},
    Naming{Dimension::Provider, "provider", TR_NOOP("Provider")},
    Naming{Dimension::Environment, "environment", TR_NOOP("Environment")},
    Naming{Dimension::Step, "step", TR_NOOP("Step")},
    Naming{Dimension::Agent, "agent", TR_NOOP("Agent")},
    Naming{Dimension::Tool, "tool", TR_NOOP("Tool")},
    Naming{Dimension::User, "user", TR_NOOP("User")},
    Naming{Dimension::Session, "session", TR_NOOP("Session")},
    Naming{Dimension::Tag, "tag", TR_NOOP("Tag")},
    Naming{Dimension::Prompt, "prompt", TR_NOOP("Prompt version")},
    Naming{Dimension::Release, "release", TR_NOOP("Release")},
    Naming{Dimension::Status, "status", TR_NOOP("Status")},
    Naming{Dimension::Source, "source", TR_NOOP("Source")},
    Naming{Dimension::Hour, "hour", TR_NOOP("Hour")},
    Naming{Dimension::Day, "day", TR_NOOP("Day")},
    Naming{Dimension::Week, "week", TR_NOOP("Week")},
    Naming{Dimension::Month, "month", TR_NOOP("Month")},
    Naming{Dimension::Weekday, "weekday", TR_NOOP("Weekday")},
    Naming{Dimension::HourOfDay, "hour-of-day", TR_NOOP("Hour of the day")},
    Naming{Dimension::Metadata, "metadata", TR_NOOP("Metadata")},
};

constexpr std::string_view metadataPrefix = "metadata.";

} // namespace

std::string idOf(const DimensionChoice& choice)
{
    if (choice.dimension == Dimension::Metadata)
        return std::string(metadataPrefix) + choice.key;
    return std::string(namings[static_cast<std::size_t>(choice.dimension)].id);
}

Result<DimensionChoice> dimensionFromId(std::string_view id)
{
    if (id.starts_with(metadataPrefix) && id.size() > metadataPrefix.size())
        return DimensionChoice{Dimension::Metadata, std::string(id.substr(metadataPrefix.size()))};
    std::string known;
    for (const Naming& naming : namings) {
        if (naming.dimension == Dimension::Metadata)
            continue;
        if (naming.id == id)
            return DimensionChoice{naming.dimension, {}};
        known += std::string(naming.id) + ", ";
    }
    return fail(ErrorKind::Usage, "unknown dimension '" + std::string(id) + "'; known are " + known + "metadata.KEY");
}

std::vector<Dimension> allDimensions()
{
    std::vector<Dimension> all;
    for (const Naming& naming : namings)
        if (naming.dimension != Dimension::Metadata)
            all.push_back(naming.dimension);
    return all;
}

const char* titleOf(Dimension dimension)
{
    return namings[static_cast<std::size_t>(dimension)].title;
}

std::string_view missingValue(Dimension dimension)
{
    return dimension == Dimension::Feature ? "unallocated" : "(none)";
}

Result<Condition> conditionFromText(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == text.size())
        return fail(ErrorKind::Usage,
                    "not a filter: '" + std::string(text) + "' (write model=gpt-4o or feature!=chat)");
    Condition condition;
    condition.isExcluded = text[equals - 1] == '!';
    condition.of = TRY(dimensionFromId(text.substr(0, equals - condition.isExcluded)));
    for (std::string_view rest = text.substr(equals + 1);;) {
        const std::size_t comma = rest.find(',');
        condition.values.emplace_back(rest.substr(0, comma));
        if (comma == std::string_view::npos)
            return condition;
        rest.remove_prefix(comma + 1);
    }
}

std::string textOf(const Condition& condition)
{
    std::string text = idOf(condition.of) + (condition.isExcluded ? "!=" : "=");
    for (std::size_t i = 0; i < condition.values.size(); ++i)
        text += (i ? "," : "") + condition.values[i];
    return text;
}

} // namespace plumbline
