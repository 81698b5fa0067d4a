// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/document_use.h"

#include <algorithm>
#include <unordered_map>

#include "model/prompts/text_sketch.h"
#include "model/store/blocks.h"

namespace plumbline::analysis {

namespace {

using Runs = std::vector<std::uint32_t>;

/// The word runs of documents, which return from call to call.
class DocumentRuns
{
public:
    explicit DocumentRuns(store::BodyReader& bodies) : m_bodies(bodies) {}
    /// What it answered before may be gone.
    void beginCall()
    {
        constexpr std::size_t mostDocuments = 20'000; // some 30 MB
        if (m_runs.size() >= mostDocuments)
            m_runs.clear();
    }
    Result<const Runs*> of(const ScopeBlock& block)
    {
        if (const auto known = m_runs.find(block.id); known != m_runs.end())
            return &known->second;
        const auto body = TRY(m_bodies.bodyOf(block.id));
        return &m_runs.emplace(block.id, body ? wordRunsOf(*body) : Runs()).first->second;
    }

private:
    store::BodyReader& m_bodies;
    std::unordered_map<std::int64_t, Runs> m_runs;
};

std::size_t shared(const Runs& document, const Runs& answer, const std::unordered_map<std::uint32_t, int>& owners)
{
    std::size_t count = 0;
    auto next = document.begin();
    for (const std::uint32_t run : answer) {
        next = std::lower_bound(next, document.end(), run);
        if (next == document.end())
            break;
        if (*next == run && owners.at(run) == 1)
            ++count;
    }
    return count;
}

} // namespace

Result<> readDocumentUse(const store::Database& database, const BlockTable& blocks, Scope& scope, const StopToken& stop)
{
    constexpr std::size_t fewestShared = 2, mostDocuments = 64;
    store::BodyReader documentBodies = TRY(store::BodyReader::open(database));
    store::BodyReader answerBodies = TRY(store::BodyReader::open(database));
    DocumentRuns runsOf(documentBodies);
    std::vector<std::uint32_t> documents;
    std::vector<const Runs*> runs;
    std::unordered_map<std::uint32_t, int> owners;
    for (ScopeCall& call : scope.calls) {
        documents.clear();
        for (std::size_t part = call.parts; part + 1 < call.partsEnd; ++part)
            if (scope.parts[part].segment == Segment::Context && documents.size() < mostDocuments)
                documents.push_back(scope.parts[part].block);
        if (documents.empty() || call.outputs == call.outputsEnd)
            continue;
        TRY(stop.check());
        std::string answer;
        bool isKept = false;
        for (std::size_t output = call.outputs; output < call.outputsEnd; ++output)
            if (const auto body = TRY(answerBodies.bodyOf(scope.blocks[scope.outputs[output]].id))) {
                answer.append(*body).append("\n");
                isKept = true;
            }
        if (!isKept)
            continue;
        const Runs said = wordRunsOf(answer);
        runs.clear();
        runsOf.beginCall();
        owners.clear();
        for (const std::uint32_t document : documents) {
            runs.push_back(TRY(runsOf.of(scope.blocks[document])));
            for (const std::uint32_t run : said)
                if (std::binary_search(runs.back()->begin(), runs.back()->end(), run))
                    ++owners[run];
        }
        // The same document twice is one owner.
        for (std::size_t i = 0; i < documents.size(); ++i)
            for (std::size_t j = i + 1; j < documents.size(); ++j)
                if (documents[i] == documents[j])
                    for (const std::uint32_t run : said)
                        if (std::binary_search(runs[i]->begin(), runs[i]->end(), run))
                            --owners[run];
        call.wasRead = true;
        for (std::size_t i = 0; i < documents.size(); ++i) {
            const std::string* id = scope.blocks[documents[i]].document ? &blocks.documentOf(documents[i]) : nullptr;
            const bool isNamed = id && id->size() >= 3 && answer.find(*id) != std::string::npos;
            if (isNamed || shared(*runs[i], said, owners) >= fewestShared)
                call.used |= std::uint64_t{1} << i;
        }
    }
    return {};
}

} // namespace plumbline::analysis
