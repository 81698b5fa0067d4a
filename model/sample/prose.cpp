// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/prose.h"

#include "model/sample/json_text.h"
#include "model/sample/phrases.h"
#include "model/sample/phrases_of_colleagues.h"

namespace plumbline::sample {

namespace {

struct Grammar
{
    const Phrases* subjects;
    const Phrases* middles; ///< null: none
    const Phrases* objects;
    const Phrases* ends;    ///< null: none
    std::string_view joint; ///< between the parts
    std::string_view stop;
    std::string_view gap;  ///< between sentences
    bool hasPlaces;        ///< behind every other subject
    int tokensPerSentence; ///< measured
};

constexpr Grammar policy{&policySubjects, &policyVerbs, &policyObjects, &policyCircumstances, " ", ".", " ", true, 26};
constexpr Grammar request{&requestSubjects, nullptr, &requestObjects, &requestCircumstances, " ", ".", " ", false, 22};
constexpr Grammar reply{&replySubjects, nullptr, &replyMiddles, &replyEnds, " ", ".", " ", false, 27};
constexpr Grammar report{&reportSubjects, nullptr, &reportVerbs, &reportEnds, " ", ".", " ", true, 25};
constexpr Grammar code{&codeSubjects, nullptr, &codeObjects, &codeEnds, "", "", "\n", false, 16};
constexpr Grammar review{&reviewSubjects, nullptr, &reviewVerbs, &reviewEnds, " ", ".", " ", false, 17};

constexpr const Grammar& grammarOf(Register kind)
{
    switch (kind) {
    case Register::Policy:
        return policy;
    case Register::Request:
        return request;
    case Register::Reply:
        return reply;
    case Register::Report:
        return report;
    case Register::Code:
        return code;
    case Register::Review:
        return review;
    }
    return policy;
}

/// All phrases of a sentence come from one draw: 16 bits each.
std::string_view pick(const Phrases& phrases, std::uint64_t draw, int position)
{
    return phrases[(((draw >> (16 * position)) & 0xffff) * phrases.size()) >> 16];
}

void appendSentence(std::string& target, const Grammar& grammar, Random& random)
{
    const std::uint64_t draw = random.next();
    target += pick(*grammar.subjects, draw, 0);
    const std::uint64_t details = random.next();
    if (grammar.hasPlaces && (details & 1) != 0)
        target += places[(details >> 1) % places.size()];
    target += grammar.joint;
    if (grammar.middles) {
        target += pick(*grammar.middles, draw, 1);
        target += grammar.joint;
    }
    target += pick(*grammar.objects, draw, 2);
    if (!grammar.joint.empty())
        target += numberedDetails[(details >> 8) % numberedDetails.size()];
    appendNumber(target, 10 + (details >> 16) % 9'990);
    if (grammar.ends) {
        target += grammar.joint;
        target += pick(*grammar.ends, draw, 3);
    }
    target += grammar.stop;
}

} // namespace

void appendSentence(std::string& target, Register kind, Random& random)
{
    appendSentence(target, grammarOf(kind), random);
}

void appendProse(std::string& target, Register kind, std::int64_t tokens, Random& random)
{
    const Grammar& grammar = grammarOf(kind);
    const std::int64_t sentences = tokens < grammar.tokensPerSentence ? 1 : tokens / grammar.tokensPerSentence;
    constexpr int sentencesPerParagraph = 6;
    for (std::int64_t i = 0; i < sentences; ++i) {
        appendSentence(target, grammar, random);
        if (i + 1 < sentences)
            target +=
                kind != Register::Code && i % sentencesPerParagraph == sentencesPerParagraph - 1 ? "\n\n" : grammar.gap;
    }
}

std::string_view productName(Random& random)
{
    return random.oneOf(products);
}

std::string_view customerName(Random& random)
{
    return random.oneOf(customers);
}

std::string_view sentenceAt(std::string_view text, std::size_t at)
{
    constexpr std::string_view breaks = ".\n";
    std::size_t begin = text.find_last_of(breaks, at);
    begin = begin == std::string_view::npos ? 0 : begin + 1;
    std::size_t end = text.find_first_of(breaks, begin);
    end = end == std::string_view::npos ? text.size() : end;
    while (begin < end && text[begin] == ' ')
        ++begin;
    return text.substr(begin, end - begin);
}

} // namespace plumbline::sample
