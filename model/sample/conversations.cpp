// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "model/sample/prose.h"
#include "model/sample/scenario.h"

// Support chats: a session of several traces, one a turn, each of which re-sends what was said before.
namespace plumbline::sample {

namespace {

/// Answers never refer to anything older: what is sent beyond it is history that nobody needs.
constexpr std::size_t neededTurns = 3;

struct Turn
{
    SharedText question;
    SharedText answer;
};

Turn turnOf(const Unit& unit, std::uint64_t number)
{
    Random random = unit.random("turn", number);
    std::string question;
    appendProse(question, Register::Request, random.around(number == 0 ? 90 : 45), random);
    question += number == 0 ? " My order is " : " This is still about order ";
    question += unit.reference() + ", message " + std::to_string(number + 1) + ".";
    std::string answer = "Hello " + std::string(customerName(random)) + ". ";
    appendProse(answer, Register::Reply, random.around(170), random);
    return {sharedText(std::move(question)), sharedText(std::move(answer))};
}

Prompt promptOf(const SystemPrompt& system, const std::vector<Turn>& turns, std::size_t turn, bool isAllHistorySent)
{
    Prompt prompt;
    prompt.system(system);
    prompt.cacheUpToHere();
    const auto resend = [&](BlockRole role, const SharedText& text, std::size_t from) {
        SampleBlock& block = prompt.message(role, text);
        if (from + neededTurns < turn)
            block.claims.push_back({SampleDrain::ResentHistory, text->tokens, "older than the last three turns"});
    };
    for (std::size_t from = isAllHistorySent ? 0 : turn - std::min(turn, neededTurns); from < turn; ++from) {
        resend(BlockRole::User, turns[from].question, from);
        resend(BlockRole::Assistant, turns[from].answer, from);
    }
    prompt.message(BlockRole::User, turns[turn].question);
    // A window that slides changes the beginning: from then on marking its end would only write for nobody.
    if (isAllHistorySent || turn < neededTurns)
        prompt.moveCacheMarkHere();
    return prompt;
}

} // namespace

void supportChat(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("session");
    const std::size_t turnCount = 2 + random.below(6) + random.below(6);
    const bool isAllHistorySent = company.isPlanted(SampleDrain::ResentHistory, mix(unit.stream, "history"));
    const bool isAbandoned = company.isPlanted(SampleDrain::AbandonedOutput, mix(unit.stream, "last answer"));
    constexpr std::int64_t systemTokens = 2'400;
    const SystemPrompt system =
        company.systemPrompt(unit, "the support assistant", systemTokens, Company::Growth::RepeatsRules);

    std::vector<Turn> turns;
    Timestamp start = unit.start;
    for (std::size_t turn = 0; turn < turnCount; ++turn) {
        turns.push_back(turnOf(unit, turn));
        TraceBuilder builder(company, unit, "turn", turn, start);
        builder.trace().session = "chat-" + unit.reference();
        builder.open(SpanKind::Chain, "support-turn");
        builder.current().input = {textBlock(BlockRole::User, turns[turn].question)};
        CallRequest request{.name = "answer",
                            .model = &claudeSonnet,
                            .input = std::move(promptOf(system, turns, turn, isAllHistorySent).blocks()),
                            .output = {textBlock(BlockRole::Assistant, turns[turn].answer)},
                            .temperaturePercent = 30,
                            .maxTokens = 1024,
                            .promptName = "support-answer",
                            .promptVersion = system.version};
        if (isAbandoned && turn + 1 == turnCount) {
            request.finishReason = "cancelled";
            request.claims.push_back({SampleDrain::AbandonedOutput, CallClaim::Extent::Answer,
                                      turns[turn].answer->tokens, "the customer had left"});
        }
        builder.call(std::move(request));
        builder.current().output = {textBlock(BlockRole::Assistant, turns[turn].answer)};
        builder.close();
        take(std::move(builder).finish());
        // Reading and typing: seldom longer than the cache lives. Longer than any answer takes, so that turns stay
        // apart.
        const std::int64_t pause = random.chance(80'000) ? random.between(310, 900) : random.between(40, 200);
        start = Timestamp(start.microseconds() + pause * 1'000'000);
    }
}

} // namespace plumbline::sample
