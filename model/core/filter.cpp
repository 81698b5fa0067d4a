// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/core/filter.h"

#include <array>
#include <initializer_list>
#include <limits>

#include "model/core/money.h"

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
    Naming{Dimension::Trace, "trace", TR_NOOP("Trace")},
    Naming{Dimension::Drain, "drain", TR_NOOP("Drain")},
    Naming{Dimension::SystemPrompt, "system-prompt", TR_NOOP("System prompt")},
    Naming{Dimension::ToolSet, "tool-set", TR_NOOP("Tool set")},
    Naming{Dimension::OfferedTool, "offered-tool", TR_NOOP("Offered tool")},
    Naming{Dimension::Text, "text", TR_NOOP("Text")},
    Naming{Dimension::Cost, "cost", TR_NOOP("Cost")},
    Naming{Dimension::Tokens, "tokens", TR_NOOP("Tokens")},
    Naming{Dimension::InputTokens, "input", TR_NOOP("Input tokens")},
    Naming{Dimension::OutputTokens, "output", TR_NOOP("Output tokens")},
    Naming{Dimension::CachedTokens, "cached", TR_NOOP("Cached tokens")},
    Naming{Dimension::Latency, "latency", TR_NOOP("Latency")},
    Naming{Dimension::Waste, "waste", TR_NOOP("Waste")},
};

constexpr std::string_view metadataPrefix = "metadata.";

} // namespace

std::string idOf(const DimensionChoice& choice)
{
    if (choice.dimension == Dimension::Metadata)
        return std::string(metadataPrefix) + choice.key;
    return std::string(namings[static_cast<std::size_t>(choice.dimension)].id);
}

namespace {

Result<DimensionChoice> choiceFrom(std::string_view id, Dimension last, const char* what)
{
    if (id.starts_with(metadataPrefix) && id.size() > metadataPrefix.size())
        return DimensionChoice{Dimension::Metadata, std::string(id.substr(metadataPrefix.size()))};
    std::string known;
    for (const Naming& naming : namings) {
        if (naming.dimension == Dimension::Metadata || naming.dimension > last)
            continue;
        if (naming.id == id)
            return DimensionChoice{naming.dimension, {}};
        known += std::string(naming.id) + ", ";
    }
    return fail(ErrorKind::Usage,
                std::string("unknown ") + what + " '" + std::string(id) + "'; known are " + known + "metadata.KEY");
}

} // namespace

Result<DimensionChoice> dimensionFromId(std::string_view id)
{
    return choiceFrom(id, Dimension::Metadata, "dimension");
}

Result<DimensionChoice> fieldFromId(std::string_view id)
{
    return choiceFrom(id, Dimension::Waste, "field");
}

std::vector<Dimension> allDimensions()
{
    std::vector<Dimension> all;
    for (const Naming& naming : namings)
        if (naming.dimension < Dimension::Metadata)
            all.push_back(naming.dimension);
    return all;
}

std::vector<Dimension> onlyFields()
{
    std::vector<Dimension> fields;
    for (const Naming& naming : namings)
        if (naming.dimension > Dimension::Metadata)
            fields.push_back(naming.dimension);
    return fields;
}

bool isFigure(Dimension dimension)
{
    return dimension >= Dimension::Cost;
}

const char* titleOf(Dimension dimension)
{
    return namings[static_cast<std::size_t>(dimension)].title;
}

std::string_view missingValue(Dimension dimension)
{
    return dimension == Dimension::Feature ? "unallocated" : "(none)";
}

std::string digestValue(std::uint64_t digest)
{
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(digest));
    return text;
}

std::string sourceValue(std::string_view name, std::int64_t import)
{
    return std::string(name) + " #" + std::to_string(import);
}

std::string_view signOf(Match match)
{
    constexpr std::array<std::string_view, 6> signs = {"=", "~", "<", "<=", ">", ">="};
    return signs[static_cast<std::size_t>(match)];
}

Result<std::int64_t> amountFrom(Dimension figure, std::string_view text)
{
    const auto refuse = [&](const char* wanted) {
        return fail(ErrorKind::Usage, "'" + std::string(text) + "' is no " + wanted);
    };
    struct Unit
    {
        std::string_view suffix;
        std::int64_t size;
    };
    // Decimals are read as money is: exactly, in parts of 1e-12.
    const auto read = [](std::string_view number, std::int64_t size) -> std::optional<std::int64_t> {
        const auto parts = moneyFromDecimal(number);
        if (!parts || parts->picodollars() < 0)
            return {};
        constexpr std::int64_t partsOfOne = 1'000'000'000'000;
        const __int128 scaled = static_cast<__int128>(parts->picodollars()) * size;
        if (scaled > static_cast<__int128>(std::numeric_limits<std::int64_t>::max()) * partsOfOne)
            return {};
        return divideHalfEven(scaled, partsOfOne);
    };
    const auto withUnit = [&](std::initializer_list<Unit> units, std::int64_t otherwise) {
        for (const Unit& unit : units)
            if (text.size() > unit.suffix.size() && text.ends_with(unit.suffix))
                return read(text.substr(0, text.size() - unit.suffix.size()), unit.size);
        return read(text, otherwise);
    };
    if (figure == Dimension::Cost || figure == Dimension::Waste) {
        const auto amount = moneyFromDecimal(text.starts_with('$') ? text.substr(1) : text);
        if (!amount || amount->picodollars() < 0)
            return refuse("amount of dollars");
        return amount->picodollars();
    }
    if (figure == Dimension::Latency) {
        const auto amount = withUnit({{"ms", 1'000}, {"s", 1'000'000}, {"m", 60'000'000}}, 1'000'000);
        if (!amount)
            return refuse("time: write 2, 2s, 350ms or 3m");
        return *amount;
    }
    const auto amount = withUnit({{"k", 1'000}, {"K", 1'000}, {"M", 1'000'000}}, 1);
    if (!amount)
        return refuse("number of tokens: write 4000, 4k or 1.5M");
    return *amount;
}

bool asksForUnknown(const Condition& condition)
{
    return isFigure(condition.of.dimension) && condition.match == Match::Is && condition.values.size() == 1 &&
           condition.values[0] == unknownFigure;
}

Result<> check(const Condition& condition)
{
    const std::string id = idOf(condition.of);
    const bool isCompared = condition.match > Match::Contains;
    if (isFigure(condition.of.dimension)) {
        if (asksForUnknown(condition))
            return {};
        if (!isCompared || condition.values.size() != 1)
            return fail(ErrorKind::Usage,
                        id + " is compared with one amount: write " + id + ">1, " + id + "<=1 or " + id + "=unknown");
        TRY(amountFrom(condition.of.dimension, condition.values[0]));
        return {};
    }
    if (isCompared)
        return fail(ErrorKind::Usage, id + " is no amount: write " + id + "=… or " + id + "~…");
    const bool isDigest = condition.of.dimension == Dimension::Trace ||
                          condition.of.dimension == Dimension::SystemPrompt ||
                          condition.of.dimension == Dimension::ToolSet;
    if (isDigest && condition.match != Match::Is)
        return fail(ErrorKind::Usage, "a " + id + " is asked for by its whole id: write " + id + "=…");
    return {};
}

Result<Condition> conditionFromText(std::string_view text)
{
    const std::size_t sign = text.find_first_of("=~<>");
    const auto refuse = [&] {
        return fail(ErrorKind::Usage, "not a filter: '" + std::string(text) +
                                          "' (write model=gpt-4o, feature!=chat, model~opus or cost>0.10)");
    };
    if (sign == std::string_view::npos || sign == 0)
        return refuse();
    Condition condition;
    condition.isExcluded = text[sign - 1] == '!';
    std::size_t behind = sign + 1;
    switch (text[sign]) {
    case '~':
        condition.match = Match::Contains;
        break;
    case '<':
    case '>': {
        const bool isIncluded = behind < text.size() && text[behind] == '=';
        condition.match =
            text[sign] == '<' ? (isIncluded ? Match::OrLess : Match::Less) : (isIncluded ? Match::OrMore : Match::More);
        behind += isIncluded;
        break;
    }
    default:
        break;
    }
    if (behind == text.size())
        return refuse();
    condition.of = TRY(fieldFromId(text.substr(0, sign - condition.isExcluded)));
    for (std::string_view rest = text.substr(behind);;) {
        const std::size_t comma = rest.find(',');
        condition.values.emplace_back(rest.substr(0, comma));
        if (comma == std::string_view::npos)
            break;
        rest.remove_prefix(comma + 1);
    }
    TRY(check(condition));
    return condition;
}

std::string textOf(const Condition& condition)
{
    std::string text = idOf(condition.of) + (condition.isExcluded ? "!" : "") + std::string(signOf(condition.match));
    for (std::size_t i = 0; i < condition.values.size(); ++i)
        text += (i ? "," : "") + condition.values[i];
    return text;
}

} // namespace plumbline
