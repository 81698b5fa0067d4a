// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/record/observation_facts.h"

#include "model/core/varint.h"

namespace plumbline::record {

namespace {

constexpr std::size_t headBytes = 4;

/// Calls `visit` with every optional field, in the order in which they are packed. The order is the format.
template <class Facts, class Visit>
void forEachField(Facts& facts, Visit visit)
{
    visit(facts.started);
    visit(facts.ended);
    visit(facts.firstToken);
    visit(facts.recorded);
    auto& attribution = facts.attribution;
    for (auto* id : {&facts.name, &facts.model, &facts.provider, &facts.parameters, &facts.tier, &facts.finish,
                     &facts.version, &facts.promptName, &facts.promptVersion, &attribution.feature,
                     &attribution.traceName, &attribution.environment, &attribution.release, &attribution.service,
                     &attribution.user, &attribution.session, &attribution.tags, &attribution.attributes})
        visit(*id);
    auto& usage = facts.usage;
    for (auto* bucket : {&usage.uncachedInput, &usage.cacheRead, &usage.cacheWrite5m, &usage.cacheWrite1h,
                         &usage.visibleOutput, &usage.reasoning, &usage.audioInput, &usage.webSearches})
        visit(*bucket);
    visit(facts.reportedCost);
    for (auto* text : {&facts.parent, &facts.statusMessage, &facts.response, &facts.reportedUsage})
        visit(*text);
}

class Packer
{
public:
    explicit Packer(std::string& into) : m_into(&into) {}
    void operator()(const std::optional<std::int64_t>& number)
    {
        if (number)
            add(*number);
    }
    void operator()(NameId id)
    {
        if (id != 0)
            add(id);
    }
    void operator()(const std::optional<Money>& money)
    {
        if (money)
            add(money->picodollars());
    }
    void operator()(std::string_view text)
    {
        if (text.empty())
            return;
        appendVarint(*m_into, text.size());
        m_into->append(text);
    }

private:
    void add(std::int64_t number) { appendVarint(*m_into, zigzag(number)); }
    std::string* m_into;
};

/// Which fields are there, from the lowest bit on.
class Presence
{
public:
    template <class Value>
    void operator()(const Value& value)
    {
        m_bits |= std::uint64_t{isThere(value)} << m_next++;
    }
    std::uint64_t bits() const { return m_bits; }

private:
    static bool isThere(NameId id) { return id != 0; }
    static bool isThere(std::string_view text) { return !text.empty(); }
    template <class Value>
    static bool isThere(const std::optional<Value>& value)
    {
        return value.has_value();
    }
    std::uint64_t m_bits = 0;
    unsigned m_next = 0;
};

class Unpacker
{
public:
    Unpacker(std::string_view bytes, std::size_t at, std::uint64_t presence)
        : m_bytes(bytes), m_at(at), m_presence(presence)
    {
    }
    void operator()(std::optional<std::int64_t>& number)
    {
        if (next())
            number = read();
    }
    void operator()(NameId& id)
    {
        if (next())
            id = read();
    }
    void operator()(std::optional<Money>& money)
    {
        if (next())
            money = Money(read());
    }
    void operator()(std::string_view& text)
    {
        if (!next())
            return;
        const std::uint64_t size = readVarint(m_bytes, m_at).value_or(m_bytes.size() + 1);
        if (size > m_bytes.size() - m_at) {
            m_isDamaged = true;
            return;
        }
        text = m_bytes.substr(m_at, size);
        m_at += size;
    }
    bool isWhole() const { return !m_isDamaged && m_at == m_bytes.size() && m_presence == 0; }

private:
    bool next()
    {
        const bool isThere = m_presence & 1;
        m_presence >>= 1;
        return isThere;
    }
    std::int64_t read()
    {
        const auto number = readVarint(m_bytes, m_at);
        m_isDamaged |= !number;
        return unzigzag(number.value_or(0));
    }
    std::string_view m_bytes;
    std::size_t m_at;
    std::uint64_t m_presence;
    bool m_isDamaged = false;
};

/// Times behind the first one as differences to it, and back.
void shiftTimes(ObservationFacts& facts, int sign)
{
    if (!facts.started)
        return;
    for (auto* time : {&facts.ended, &facts.firstToken, &facts.recorded})
        if (*time) // as unsigned numbers: what wraps comes back
            *time = static_cast<std::int64_t>(static_cast<std::uint64_t>(**time) +
                                              static_cast<std::uint64_t>(sign) *
                                                  static_cast<std::uint64_t>(*facts.started));
}

} // namespace

void appendFacts(std::string& into, const ObservationFacts& facts)
{
    ObservationFacts packed = facts;
    shiftTimes(packed, -1);
    for (const auto byte : {static_cast<std::uint8_t>(facts.kind), static_cast<std::uint8_t>(facts.status),
                            static_cast<std::uint8_t>(facts.rule), facts.flags})
        into.push_back(static_cast<char>(byte));
    Presence presence;
    forEachField(packed, [&](const auto& value) { presence(value); });
    appendVarint(into, presence.bits());
    Packer pack(into);
    forEachField(packed, [&](const auto& value) { pack(value); });
}

std::optional<ObservationFacts> readFacts(std::string_view bytes)
{
    if (bytes.size() < headBytes)
        return {};
    std::size_t at = headBytes;
    const auto presence = readVarint(bytes, at);
    const auto number = [&](std::size_t index) { return static_cast<std::uint8_t>(bytes[index]); };
    if (!presence || number(0) >= spanKindCount || number(1) > static_cast<std::uint8_t>(SpanStatus::Error) ||
        number(2) >= usageRuleCount)
        return {};
    ObservationFacts facts{.kind = static_cast<SpanKind>(number(0)),
                           .status = static_cast<SpanStatus>(number(1)),
                           .rule = static_cast<UsageRule>(number(2)),
                           .flags = number(3)};
    Unpacker unpack(bytes, at, *presence);
    forEachField(facts, [&](auto& value) { unpack(value); });
    if (!unpack.isWhole())
        return {};
    shiftTimes(facts, 1);
    return facts;
}

void appendReportedUsage(std::string& into, NameId part, TokenCount tokens)
{
    appendVarint(into, zigzag(part));
    appendVarint(into, zigzag(tokens));
}

std::vector<std::pair<NameId, TokenCount>> readReportedUsage(std::string_view packed)
{
    std::vector<std::pair<NameId, TokenCount>> usage;
    for (std::size_t at = 0; at < packed.size();) {
        const auto part = readVarint(packed, at);
        const auto tokens = readVarint(packed, at);
        if (!part || !tokens)
            break;
        usage.emplace_back(unzigzag(*part), unzigzag(*tokens));
    }
    return usage;
}

} // namespace plumbline::record
