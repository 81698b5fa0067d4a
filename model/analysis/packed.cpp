// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/analysis/packed.h"

#include "model/core/varint.h"

namespace plumbline::analysis {

void appendPacked(std::string& into, SplitMethod method, std::span<const std::uint32_t> segments,
                  const PromptShape& shape, std::span<const Claim> claims)
{
    into.push_back(static_cast<char>(method));
    for (const std::uint32_t tokens : segments)
        appendVarint(into, tokens);
    appendVarint(into, shape.historyTurns);
    appendVarint(into, shape.documents);
    for (const Claim& claim : claims) {
        into.push_back(static_cast<char>(claim.drain));
        into.push_back(
            static_cast<char>(static_cast<unsigned>(claim.confidence) | static_cast<unsigned>(claim.segment) << 4));
        appendVarint(into, claim.tokens);
        appendVarint(into, claim.cached);
        appendVarint(into, static_cast<std::uint64_t>(claim.money));
    }
}

bool readPacked(std::string_view bytes, CallAnalysis& into)
{
    into.claims.clear();
    if (bytes.empty() || static_cast<unsigned char>(bytes[0]) > static_cast<unsigned>(SplitMethod::Reconciled))
        return false;
    into.method = static_cast<SplitMethod>(bytes[0]);
    std::size_t at = 1;
    for (std::uint32_t& tokens : into.segments) {
        const auto read = readVarint(bytes, at);
        if (!read || *read > 0xFFFFFFFFU)
            return false;
        tokens = static_cast<std::uint32_t>(*read);
    }
    for (std::uint16_t* number : {&into.shape.historyTurns, &into.shape.documents}) {
        const auto read = readVarint(bytes, at);
        if (!read || *read > 0xFFFFU)
            return false;
        *number = static_cast<std::uint16_t>(*read);
    }
    while (at < bytes.size()) {
        if (bytes.size() - at < 2)
            return false;
        Claim claim{.drain = static_cast<std::uint8_t>(bytes[at])};
        const auto kinds = static_cast<unsigned char>(bytes[at + 1]);
        at += 2;
        const auto tokens = readVarint(bytes, at);
        const auto cached = readVarint(bytes, at);
        const auto money = readVarint(bytes, at);
        if (!tokens || !cached || !money || *tokens > 0xFFFFFFFFU || *cached > *tokens ||
            *money > static_cast<std::uint64_t>(INT64_MAX) || (kinds & 15U) >= confidenceCount ||
            kinds >> 4 >= segmentCount)
            return false;
        claim.confidence = static_cast<Confidence>(kinds & 15U);
        claim.segment = static_cast<Segment>(kinds >> 4);
        claim.tokens = static_cast<std::uint32_t>(*tokens);
        claim.cached = static_cast<std::uint32_t>(*cached);
        claim.money = static_cast<std::int64_t>(*money);
        into.claims.push_back(claim);
    }
    return true;
}

} // namespace plumbline::analysis
