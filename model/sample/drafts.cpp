// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sample/prose.h"
#include "model/sample/scenario.h"
#include "model/sample/tools.h"

// One request, one answer, and what becomes of it: letters to customers and texts for the catalogue.
namespace plumbline::sample {

namespace {

constexpr std::int64_t seconds = 1'000'000;

struct Draft
{
    SharedText task = {};
    SharedText record = {}; ///< null: none
    TokenCount ballast = 0; ///< of the record
    SharedText answer = {};
};

/// One trace of one call.
SampleTrace traceOf(const Company& company, const Unit& unit, std::string_view purpose, Timestamp start,
                    const Draft& draft, CallRequest request, const SystemPrompt& system)
{
    Prompt prompt;
    prompt.system(system);
    prompt.message(BlockRole::User, draft.task);
    if (draft.record) {
        SampleBlock& record = prompt.part(draft.record);
        if (draft.ballast > 0)
            record.claims.push_back({SampleDrain::DebugPayload, draft.ballast, "pretty-printed JSON"});
    }
    request.input = std::move(prompt.blocks());
    request.output = {textBlock(BlockRole::Assistant, draft.answer)};
    request.promptVersion = system.version;

    TraceBuilder builder(company, unit, purpose, 0, start);
    builder.open(SpanKind::Chain, unit.feature);
    builder.current().input = {textBlock(BlockRole::User, draft.task)};
    builder.call(std::move(request));
    builder.current().output = {textBlock(BlockRole::Assistant, draft.answer)};
    builder.close();
    return std::move(builder).finish();
}

/// The same request again within a day: whole calls that an answer from a cache would have saved.
Timestamp laterToday(const Unit& unit, std::string_view purpose)
{
    Random random = unit.random(purpose);
    const std::int64_t gap = random.chance(500'000) ? random.between(30, 600) : random.between(600, 72'000);
    return Timestamp(unit.start.microseconds() + gap * seconds);
}

} // namespace

void emailDraft(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("letter");
    std::string task = "Answer this letter about order " + unit.reference() + ".\n\n";
    appendProse(task, Register::Request, random.around(230), random);
    std::string answer = "Dear " + std::string(customerName(random)) + ",\n\n";
    appendProse(answer, Register::Reply, random.around(260), random);

    Draft draft{.task = sharedText(task), .answer = sharedText(std::move(answer))};
    const Random order = unit.random("order");
    draft.record = sharedText(orderRecord(100'000 + unit.number, order, Layout::Compact));
    if (company.isPlanted(SampleDrain::DebugPayload, mix(unit.stream, "record"))) {
        const TokenCount compact = draft.record->tokens;
        draft.record = sharedText(orderRecord(100'000 + unit.number, order, Layout::Pretty));
        draft.ballast = draft.record->tokens - compact;
    }
    const SystemPrompt system = company.systemPrompt(unit, "the letter writer", 480, Company::Growth::None);
    CallRequest request{
        .name = "draft", .model = &geminiPro, .temperaturePercent = 0, .maxTokens = 1024, .promptName = "email-draft"};

    // A letter that is written anew by the button is wanted: the same prompt, and an answer that differs.
    if (company.isTrap(mix(unit.stream, "regenerate"), 30'000)) {
        request.temperaturePercent = 90;
        request.hardNegative = "regenerate";
        take(traceOf(company, unit, "draft", unit.start, draft, request, system));
        Random another = unit.random("another answer");
        std::string other = "Dear customer,\n\n";
        appendProse(other, Register::Reply, another.around(260), another);
        draft.answer = sharedText(std::move(other));
        const Timestamp pressed(unit.start.microseconds() + another.between(25, 90) * seconds);
        take(traceOf(company, unit, "regenerated", pressed, draft, request, system));
        return;
    }

    CallRequest first = request;
    const bool isAbandoned = company.isPlanted(SampleDrain::AbandonedOutput, mix(unit.stream, "answer"));
    if (isAbandoned) {
        first.finishReason = "cancelled";
        first.claims.push_back(
            {SampleDrain::AbandonedOutput, CallClaim::Extent::Answer, draft.answer->tokens, "the clerk had left"});
    }
    take(traceOf(company, unit, "draft", unit.start, draft, std::move(first), system));

    // Whoever left without an answer needs the second one.
    if (!isAbandoned && company.isPlanted(SampleDrain::DuplicateCalls, mix(unit.stream, "again"))) {
        CallRequest again = request;
        again.claims.push_back({.drain = SampleDrain::DuplicateCalls, .why = "the same request earlier that day"});
        take(traceOf(company, unit, "again", laterToday(unit, "again"), draft, std::move(again), system));
    }
    if (company.isPlanted(SampleDrain::NearDuplicates, mix(unit.stream, "in other words"))) {
        CallRequest similar = request;
        similar.claims.push_back(
            {.drain = SampleDrain::NearDuplicates, .why = "the same letter with a word of thanks"});
        draft.task = sharedText(task + " Thanks!");
        take(traceOf(company, unit, "similar", laterToday(unit, "similar"), draft, std::move(similar), system));
    }
}

void productCopy(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("copy");
    std::string task = "Describe catalogue item " + unit.reference() + ", a " + std::string(productName(random)) + ". ";
    appendProse(task, Register::Policy, random.around(70), random);
    std::string answer;
    appendProse(answer, Register::Reply, random.around(130), random);
    const TokenCount needed = countTokens(answer);
    CallRequest request{.name = "write",
                        .model = &geminiFlash,
                        .temperaturePercent = 70,
                        .maxTokens = 2048,
                        .promptName = "product-copy"};
    if (company.isPlanted(SampleDrain::VerboseOutput, mix(unit.stream, "answer"))) {
        Random more = unit.random("verbose");
        answer += "\n\n";
        appendProse(answer, Register::Reply, needed * 3, more);
        request.claims.push_back({SampleDrain::VerboseOutput, CallClaim::Extent::Answer, countTokens(answer) - needed,
                                  "beyond the usual answer"});
    }
    const SystemPrompt system = company.systemPrompt(unit, "the catalogue writer", 360, Company::Growth::None);
    Draft draft{.task = sharedText(std::move(task)), .answer = sharedText(std::move(answer))};

    if (!company.isTrap(mix(unit.stream, "samples"), 60'000)) {
        take(traceOf(company, unit, "copy", unit.start, draft, std::move(request), system));
        return;
    }
    // Several answers to one prompt, of which the best is taken: meant to be so.
    TraceBuilder builder(company, unit, "copy", 0, unit.start);
    builder.open(SpanKind::Chain, "best-of-four");
    for (std::uint64_t sample = 0; sample < 4; ++sample) {
        Prompt prompt;
        prompt.system(system);
        prompt.message(BlockRole::User, draft.task);
        Random words = unit.random("sample", sample);
        std::string text;
        appendProse(text, Register::Reply, words.around(130), words);
        builder.call({.name = "write",
                      .model = &geminiFlash,
                      .input = std::move(prompt.blocks()),
                      .output = {textBlock(BlockRole::Assistant, sharedText(std::move(text)))},
                      .temperaturePercent = 100,
                      .maxTokens = 2048,
                      .promptName = "product-copy",
                      .promptVersion = system.version,
                      .hardNegative = "self-consistency"});
    }
    builder.step(SpanKind::Other, "pick-best", 2'000);
    builder.close();
    take(std::move(builder).finish());
}

} // namespace plumbline::sample
