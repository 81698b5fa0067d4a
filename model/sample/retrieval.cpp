// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "model/sample/prose.h"
#include "model/sample/scenario.h"

// Questions answered from the knowledge base, and the job that keeps its index.
namespace plumbline::sample {

namespace {

constexpr std::size_t neededDocuments = 4;
constexpr std::size_t allDocuments = 12;
/// How often an answer quotes the document of a rank, in percent; none beyond.
constexpr std::array<std::uint32_t, neededDocuments> quotedPercent{95, 75, 55, 40};

struct Hit
{
    std::string id;
    SharedText text;
    SampleDrain claimedBy{};
    std::string_view why = {}; ///< empty: needed
};

std::vector<Hit> retrieve(const Company& company, const Unit& unit)
{
    Random random = unit.random("retrieval");
    std::vector<Hit> hits;
    const bool isTooMany = company.isPlanted(SampleDrain::OverRetrieval, mix(unit.stream, "k"));
    std::uint32_t number = std::min(random.below(Company::documentCount), random.below(Company::documentCount));
    for (std::size_t rank = 0; rank < (isTooMany ? allDocuments : neededDocuments); ++rank) {
        hits.push_back({Company::documentId(number), company.document(number), SampleDrain::OverRetrieval,
                        rank < neededDocuments ? "" : "ranked below what answers use"});
        // Neighbours by steps of different size, none twice.
        number = (number + 1 + 7 * static_cast<std::uint32_t>(rank)) % Company::documentCount;
    }
    if (company.isPlanted(SampleDrain::DuplicateDocuments, mix(unit.stream, "twice"))) {
        Hit again = hits[random.below(neededDocuments)];
        again.claimedBy = SampleDrain::DuplicateDocuments;
        again.why = "the same document stands above";
        hits.push_back(std::move(again));
    }
    return hits;
}

std::string answerFrom(const std::vector<Hit>& hits, Random& random)
{
    std::string answer;
    appendSentence(answer, Register::Reply, random);
    for (std::size_t rank = 0; rank < neededDocuments; ++rank) {
        if (random.below(100) >= quotedPercent[rank])
            continue;
        const std::string& text = hits[rank].text->text;
        const auto middle = static_cast<std::uint32_t>(text.size() / 2);
        answer.append(" ").append(sentenceAt(text, middle / 2 + random.below(middle)));
        answer.append(" [").append(hits[rank].id).append("].");
    }
    answer += ' ';
    appendProse(answer, Register::Reply, random.around(60), random);
    return answer;
}

SampleBlock documentBlock(const Hit& hit)
{
    return {.role = BlockRole::User, .kind = BlockKind::Document, .documentId = hit.id, .text = hit.text};
}

Prompt promptOf(const SystemPrompt& system, const std::vector<Hit>& hits, const SharedText& question)
{
    Prompt prompt;
    prompt.system(system);
    for (std::size_t i = 0; i < hits.size(); ++i) {
        SampleBlock& block = i == 0 ? prompt.message(BlockRole::User, hits[i].text) : prompt.part(hits[i].text);
        block.kind = BlockKind::Document;
        block.documentId = hits[i].id;
        if (!hits[i].why.empty())
            block.claims.push_back({hits[i].claimedBy, hits[i].text->tokens, hits[i].why});
    }
    prompt.part(question);
    return prompt;
}

} // namespace

void docSearch(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("question");
    std::string words;
    appendProse(words, Register::Request, random.around(45), random);
    words += " What are the rules? (request " + unit.reference() + ")";
    const SharedText question = sharedText(std::move(words));
    const auto hits = retrieve(company, unit);
    const SystemPrompt system = company.systemPrompt(unit, "the knowledge base", 1'150, Company::Growth::RepeatsRules);

    std::string answer = answerFrom(hits, random);
    const TokenCount needed = countTokens(answer);
    const bool isVerbose = company.isPlanted(SampleDrain::VerboseOutput, mix(unit.stream, "answer"));
    if (isVerbose) {
        Random more = unit.random("verbose");
        answer += "\n\n";
        appendProse(answer, Register::Reply, needed * 3, more);
    }
    const SharedText answered = sharedText(std::move(answer));

    TraceBuilder builder(company, unit, "search", 0, unit.start);
    builder.open(SpanKind::Chain, "doc-search");
    builder.current().input = {textBlock(BlockRole::User, question)};
    builder.call({.name = "embed-query", .model = &embeddingSmall, .input = {textBlock(BlockRole::User, question)}});
    SampleSpan& search = builder.step(SpanKind::Retriever, "vector-search", 30'000 + random.below(60'000));
    search.input = {textBlock(BlockRole::User, question)};
    for (const Hit& hit : hits)
        search.output.push_back(documentBlock(hit));
    CallRequest request{.name = "answer",
                        .model = &gpt54Mini,
                        .input = std::move(promptOf(system, hits, question).blocks()),
                        .output = {textBlock(BlockRole::Assistant, answered)},
                        .temperaturePercent = 20,
                        .maxTokens = 2048,
                        .promptName = "doc-search-answer",
                        .promptVersion = system.version};
    if (isVerbose)
        request.claims.push_back({SampleDrain::VerboseOutput, CallClaim::Extent::Answer, answered->tokens - needed,
                                  "beyond the usual answer"});
    builder.call(std::move(request));
    builder.current().output = {textBlock(BlockRole::Assistant, answered)};
    builder.close();
    take(std::move(builder).finish());
}

namespace {

SharedText chunkOf(const Company& company, std::uint64_t job, std::uint64_t item)
{
    Random random(mix(company.seed(), "chunk", job, item));
    std::string text = "Article revision " + std::to_string(job) + "." + std::to_string(item) + ": ";
    appendProse(text, Register::Policy, random.around(260), random);
    return sharedText(std::move(text));
}

} // namespace

void embedDocs(const Company& company, const Unit& unit, const TraceTaker& take)
{
    Random random = unit.random("job");
    const std::uint64_t chunks = 3 + random.below(7);
    TraceBuilder builder(company, unit, "job", 0, unit.start);
    builder.trace().user.clear();
    builder.open(SpanKind::Chain, "embed-docs");
    for (std::uint64_t item = 0; item < chunks; ++item) {
        builder.call({.name = "embed-chunk",
                      .model = &embeddingLarge,
                      .input = {textBlock(BlockRole::User, chunkOf(company, unit.number, item))}});
        // The first three exist in every job: the job before this one has embedded them already.
        if (unit.number > 0 && item < 3 &&
            company.isPlanted(SampleDrain::RepeatedEmbeddings, mix(unit.stream, "again", item)))
            builder.call({.name = "embed-chunk",
                          .model = &embeddingLarge,
                          .input = {textBlock(BlockRole::User, chunkOf(company, unit.number - 1, item))},
                          .claims = {{.drain = SampleDrain::RepeatedEmbeddings, .why = "embedded by an earlier job"}}},
                         Origin::Planted);
    }
    builder.close();
    take(std::move(builder).finish());
}

} // namespace plumbline::sample
