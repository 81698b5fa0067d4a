// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/sample.h"

#include <charconv>
#include <cmath>

namespace plumbline {

namespace {

std::string knownDrains()
{
    std::string known;
    for (const SampleDrainFacts& facts : sampleDrains)
        known.append(known.empty() ? "" : ", ").append(facts.id);
    return known;
}

Result<> check(std::string_view id, double intensity)
{
    if (!sampleDrainOf(id))
        return fail(ErrorKind::Usage,
                    "no drain that traces can carry is called '" + std::string(id) + "'; there are " + knownDrains());
    if (!(intensity >= 0 && intensity <= 1))
        return fail(ErrorKind::Usage, "the intensity of " + std::string(id) + " must be from 0 to 1");
    return {};
}

} // namespace

double SampleOptions::intensity(SampleDrain drain) const
{
    const SampleDrainFacts& facts = sampleDrains[static_cast<std::size_t>(drain)];
    const auto chosen = drainIntensity.find(std::string(facts.id));
    return chosen == drainIntensity.end() ? facts.defaultIntensity : chosen->second;
}

Period SampleOptions::period() const
{
    const int firstMonth = end.year * 12 + end.month - 1 - months;
    return {Timestamp(dayNumber(firstMonth / 12, firstMonth % 12 + 1, end.day) * microsecondsPerDay),
            Timestamp(dayNumber(end.year, end.month, end.day) * microsecondsPerDay)};
}

SampleOptions SampleOptions::withoutDrains()
{
    SampleOptions options{.hardNegatives = false};
    for (const SampleDrainFacts& facts : sampleDrains)
        options.drainIntensity[std::string(facts.id)] = 0;
    return options;
}

Result<SampleOptions> SampleOptions::validated() const
{
    if (calls < 1 || calls > 100'000'000)
        return fail(ErrorKind::Usage, "the number of calls must be from 1 to 100000000");
    if (months < 1 || months > 60)
        return fail(ErrorKind::Usage, "the number of months must be from 1 to 60");
    // Up to the 28th, since the same day must exist in the month the data begin in.
    if (end.year < 1980 || end.year > 2199 || end.month < 1 || end.month > 12 || end.day < 1 || end.day > 28)
        return fail(ErrorKind::Usage, "the end must be a day from the 1st to the 28th of a month of 1980 to 2199");
    for (const auto& [id, value] : drainIntensity)
        TRY(check(id, value));
    return *this;
}

Result<std::pair<std::string, double>> parseDrainIntensity(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos)
        return fail(ErrorKind::Usage, "'" + std::string(text) + "' is not of the form drain:intensity");
    const std::string_view number = text.substr(colon + 1);
    double value = 0;
    const auto [end, failure] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (failure != std::errc() || end != number.data() + number.size())
        return fail(ErrorKind::Usage, "'" + std::string(number) + "' is not a number from 0 to 1");
    std::string id(text.substr(0, colon));
    TRY(check(id, value));
    return std::pair(std::move(id), value);
}

} // namespace plumbline
