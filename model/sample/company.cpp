// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/company.h"

#include <algorithm>
#include <array>

#include "model/sample/prose.h"

namespace plumbline::sample {

namespace {

constexpr std::array<std::string_view, 8> tenants{"northfell", "harbour-stores", "alpine-club", "outlet",
                                                  "rental",    "wholesale",      "workshop",    "nordics"};

std::string promptText(std::string_view role, std::int64_t tokens, Random& random)
{
    std::string text = "You are ";
    text.append(role).append(" of Northfell Outfitters, a maker and seller of outdoor equipment.\n\n# Rules\n");
    while (countTokens(text) < tokens) {
        text += "- ";
        appendSentence(text, Register::Policy, random);
        text += '\n';
    }
    text += "\n# Answer\nBe brief and friendly, state facts only, and name the rule that you applied.";
    return text;
}

std::vector<std::string_view> rulesOf(std::string_view text)
{
    std::vector<std::string_view> rules;
    for (std::size_t at = text.find("\n- "); at != std::string_view::npos; at = text.find("\n- ", at + 1))
        rules.push_back(text.substr(at, text.find('\n', at + 1) - at));
    return rules;
}

} // namespace

Company::Company(const SampleOptions& options)
    : m_options(options), m_period(options.period()), m_documents(documentCount)
{
    // The release that makes prompts grow comes with the last third of the period: one can see before and after.
    const std::int64_t length = m_period.end.microseconds() - m_period.first.microseconds();
    m_growthRelease =
        Timestamp(m_period.first.microseconds() + length / microsecondsPerDay * 2 / 3 * microsecondsPerDay);
    for (const SampleDrainFacts& facts : sampleDrains)
        m_intensities.push_back(static_cast<std::uint32_t>(options.intensity(facts.drain) * 1e6 + 0.5));
    std::uint64_t sum = 0;
    constexpr std::uint64_t userCount = 600;
    for (std::uint64_t rank = 1; rank <= userCount; ++rank)
        m_userWeights.push_back(sum += 1'000'000 / (rank + 4)); // + 4: nobody makes half of the calls
}

bool Company::isPlanted(SampleDrain drain, std::uint64_t stream, std::uint32_t shareAtFull) const
{
    // One draw against the intensity: whatever is planted at 0.2 is also planted at 0.3.
    const std::uint64_t share = std::uint64_t{m_intensities[static_cast<std::size_t>(drain)]} * shareAtFull / 1'000'000;
    return Random(mix(stream, idOf(drain))).chance(static_cast<std::uint32_t>(share));
}

bool Company::isNthPlanted(SampleDrain drain, std::uint64_t number) const
{
    // The bits of the number in reverse, as a fraction: van der Corput's sequence, 0, 1/2, 1/4, 3/4, 1/8, …
    std::uint64_t fraction = 0;
    for (std::uint64_t bits = number, half = 1u << 31; bits != 0 && half != 0; bits >>= 1, half >>= 1)
        fraction += (bits & 1) != 0 ? half : 0;
    return fraction * 1'000'000 >> 32 < m_intensities[static_cast<std::size_t>(drain)];
}

std::int64_t Company::planted(SampleDrain drain, std::int64_t atFull) const
{
    return (std::int64_t{m_intensities[static_cast<std::size_t>(drain)]} * atFull + 500'000) / 1'000'000;
}

bool Company::isTrap(std::uint64_t stream, std::uint32_t perMillion) const
{
    return m_options.hardNegatives && Random(stream).chance(perMillion);
}

std::string Company::user(Random& random) const
{
    const std::uint64_t draw = random.below(static_cast<std::uint32_t>(m_userWeights.back()));
    const auto found = std::upper_bound(m_userWeights.begin(), m_userWeights.end(), draw);
    return "user-" + std::to_string(found - m_userWeights.begin() + 1);
}

std::string_view Company::tenant(Random& random) const
{
    // The first tenants are the big ones.
    return tenants[std::min(random.below(8), random.below(8))];
}

int Company::halfMonth(Timestamp time) const
{
    const CivilDate date = civilDate(floorDivide(time.microseconds(), microsecondsPerDay));
    return (date.year * 12 + date.month - 1) * 2 + (date.day > 15);
}

std::string Company::release(Timestamp time) const
{
    const int half = halfMonth(time);
    std::string text = std::to_string(half / 24);
    const int month = half / 2 % 12 + 1;
    text.append(month < 10 ? ".0" : ".").append(std::to_string(month)).append(half % 2 ? ".2" : ".1");
    return text;
}

SystemPrompt Company::systemPrompt(const Unit& unit, std::string_view role, std::int64_t tokens, Growth growth) const
{
    const int months = halfMonth(unit.start) / 2 - halfMonth(m_period.first) / 2;
    const bool hasGrown = growth == Growth::RepeatsRules && unit.start >= m_growthRelease;
    const auto [found, isNew] = m_prompts.try_emplace({role, months * 2 + hasGrown});
    if (!isNew)
        return found->second;

    Random random(mix(m_options.seed, unit.feature, role, static_cast<std::uint64_t>(months)));
    std::string text = promptText(role, tokens, random);
    const TokenCount needed = countTokens(text);
    const std::int64_t repeatedLines = hasGrown ? planted(SampleDrain::SystemPromptExcess, 60) : 0;
    if (repeatedLines > 0) {
        const std::string original = text;
        const auto rules = rulesOf(original);
        text += '\n';
        for (std::int64_t i = 0; i < repeatedLines; ++i)
            text += rules[static_cast<std::size_t>(i) % rules.size()];
    }
    found->second.text = sharedText(std::move(text));
    found->second.version = 3 + months * 2 + hasGrown;
    found->second.excess = found->second.text->tokens - needed;
    return found->second;
}

SharedText Company::document(std::uint32_t number) const
{
    SharedText& document = m_documents[number];
    if (!document) {
        Random random(mix(m_options.seed, "knowledge base", number));
        std::string text = "Article " + documentId(number) + ": care and returns of the ";
        text.append(productName(random)).append("\n");
        appendProse(text, Register::Policy, random.around(230), random);
        document = sharedText(std::move(text));
    }
    return document;
}

std::string Company::documentId(std::uint32_t number)
{
    const std::string digits = std::to_string(number);
    return "kb-" + std::string(4 - digits.size(), '0') + digits;
}

} // namespace plumbline::sample
