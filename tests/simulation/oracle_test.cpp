// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/plain_world.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "support/true_world.h"

using namespace plumbline;
using namespace plumbline::simulation;
using plumbline::test::outcomeOf;
using plumbline::test::settingOf;
using plumbline::test::trueWorld;

namespace {

/// One token: where it stands and in which bucket it was billed.
struct Atom
{
    std::uint32_t part = none; ///< none: of the answer
    Bucket bucket = analysis::Uncached;
    bool isThere = true;
};

/// The calls token by token, as slow and as plain as can be: nothing is shared with the replay but what the world says.
class Oracle
{
public:
    explicit Oracle(const World& world) : m_world(world)
    {
        for (const WorldCall& call : world.calls) {
            std::vector<Atom> atoms;
            std::size_t bucket = 0;
            std::uint32_t left = call.tokens[0];
            for (std::uint32_t part = call.parts; part < call.partsEnd; ++part)
                for (std::uint32_t i = 0; i < world.partTokens[part]; ++i) {
                    while (left == 0)
                        left = call.tokens[++bucket];
                    atoms.push_back({part, static_cast<Bucket>(bucket)});
                    --left;
                }
            for (const Bucket of : {analysis::Visible, analysis::Thinking})
                atoms.insert(atoms.end(), call.tokens[of], Atom{none, of});
            m_calls.push_back(std::move(atoms));
        }
        m_isMade.assign(world.calls.size(), true);
    }

    void removeFailures()
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            if (m_world.calls[i].is(Failed))
                m_isMade[i] = false;
    }
    void reuseAnswers(double hours)
    {
        std::vector<std::int64_t> since(m_calls.size());
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            const WorldCall& call = m_world.calls[i];
            since[i] = call.started;
            if (!m_isMade[i] || call.answers == none)
                continue;
            if (static_cast<double>(call.started - since[call.answers]) <= hours * 3.6e9) {
                since[i] = since[call.answers];
                m_isMade[i] = false;
            }
        }
    }
    void keepEmbeddings(double days)
    {
        std::map<std::pair<std::uint16_t, std::uint32_t>, std::int64_t> computed; // when, by model and text
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            const WorldCall& call = m_world.calls[i];
            if (!m_isMade[i] || !call.is(Embeds))
                continue;
            bool isAllKnown = true, hasText = false;
            for (std::uint32_t part = call.parts; part < call.partsEnd; ++part) {
                if (m_world.parts[part].block == none)
                    continue;
                hasText = true;
                std::int64_t& when =
                    computed.try_emplace({call.model, m_world.parts[part].block}, INT64_MIN / 2).first->second;
                if (static_cast<double>(call.started - when) <= days * 86400e6) {
                    drop(i, part);
                } else {
                    when = call.started;
                    isAllKnown = false;
                }
            }
            m_isMade[i] = !(hasText && isAllKnown);
        }
    }
    void endEarly(double percent)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            if (!m_isMade[i] || !m_world.calls[i].is(Cancelled))
                continue;
            const auto left = [&](std::uint64_t tokens) {
                return static_cast<std::uint64_t>(
                    std::floor(static_cast<double>(tokens) * (100 - percent) / 100 + 1e-9));
            };
            shortenAnswer(i, left(written(i, analysis::Visible)));
            end(i, analysis::Thinking, left(written(i, analysis::Thinking)));
        }
    }
    void dropTools(double perThousand, double offers)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part) {
                const WorldPart& of = m_world.parts[part];
                if (of.of() != Segment::Tools || !(of.flags & IsDefinition))
                    continue;
                const WorldTool& tool = m_world.tools[of.order];
                const auto calls = static_cast<double>(tool.calls), offered = static_cast<double>(tool.offers);
                const bool isRare =
                    tool.calls == 0 ? perThousand > 0 : perThousand > 1 && calls / offered < perThousand / 1000;
                if (isRare && offered >= offers)
                    drop(i, part);
            }
    }
    void keepTurns(std::uint32_t most)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            std::uint32_t first = none;
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part) {
                const Segment of = m_world.parts[part].of();
                const bool isSaid = of == Segment::History || of == Segment::ToolResult || of == Segment::Context ||
                                    of == Segment::User;
                if (!isSaid || m_world.parts[part].turn <= most)
                    continue;
                first = std::min(first, part);
                drop(i, part);
            }
            uncacheFrom(i, first);
        }
    }
    void keepDocuments(std::size_t most)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            std::map<std::uint16_t, std::size_t> kept; // by turn
            std::set<std::uint32_t> texts;
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part)
                if (m_world.parts[part].of() == Segment::Context &&
                    (!texts.insert(m_world.parts[part].block).second || kept[m_world.parts[part].turn] == most))
                    drop(i, part);
                else if (m_world.parts[part].of() == Segment::Context)
                    ++kept[m_world.parts[part].turn];
        }
    }
    void trimResults(std::uint32_t most, std::uint16_t after)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            std::uint32_t first = none; // that the request before had whole
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part) {
                if (m_world.parts[part].of() != Segment::ToolResult || m_world.parts[part].order < after)
                    continue;
                if (after > 0 && m_world.parts[part].order == after && count(i, part) > most)
                    first = std::min(first, part);
                cut(i, part, most);
            }
            uncacheFrom(i, first);
        }
    }
    void trimPrompt(double percent)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            for (std::uint32_t part = m_world.calls[i].parts; part < m_world.calls[i].partsEnd; ++part)
                if (m_world.parts[part].of() == Segment::System)
                    cut(i, part, static_cast<std::uint32_t>(std::floor(count(i, part) * (100 - percent) / 100 + 1e-9)));
    }
    void capOutput(std::uint32_t most)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            if (m_isMade[i])
                shortenAnswer(i, most);
    }
    void budgetThinking(std::uint32_t most)
    {
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            end(i, analysis::Thinking, most);
    }

    MoneySum cost() const
    {
        MoneySum sum;
        for (std::size_t i = 0; i < m_calls.size(); ++i) {
            const WorldCall& call = m_world.calls[i];
            if (!m_isMade[i])
                continue;
            sum += Money(call.fixed);
            for (const Atom& atom : m_calls[i])
                if (atom.isThere && call.rates != none)
                    sum += Money(m_world.rates[call.rates][atom.bucket]);
        }
        return sum;
    }
    TokenCount tokens() const
    {
        TokenCount sum = 0;
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            for (const Atom& atom : m_calls[i])
                sum += m_isMade[i] && atom.isThere;
        return sum;
    }

private:
    std::uint64_t written(std::size_t call, Bucket bucket) const
    {
        std::uint64_t sum = 0;
        for (const Atom& atom : m_calls[call])
            sum += atom.isThere && atom.part == none && atom.bucket == bucket;
        return sum;
    }
    /// What is written of a kind ends behind so many tokens.
    void end(std::size_t call, Bucket bucket, std::uint64_t most)
    {
        std::uint64_t seen = 0;
        for (Atom& atom : m_calls[call])
            if (atom.isThere && atom.part == none && atom.bucket == bucket && ++seen > most)
                atom.isThere = false;
    }
    /// And what later requests send of it again is as much shorter.
    void shortenAnswer(std::size_t i, std::uint64_t most)
    {
        const std::uint64_t visible = written(i, analysis::Visible);
        if (visible <= most)
            return;
        end(i, analysis::Visible, most);
        for (std::uint32_t at = m_world.calls[i].resent; at < m_world.calls[i].resentEnd; ++at) {
            const std::uint32_t part = m_world.resent[at], call = m_world.partCalls[part];
            cut(call, part, count(call, part) * most / visible);
        }
    }
    void uncacheFrom(std::size_t call, std::uint32_t first)
    {
        for (Atom& atom : m_calls[call])
            if (atom.part != none && atom.part >= first && atom.bucket != analysis::Audio)
                atom.bucket = analysis::Uncached;
    }
    std::uint64_t count(std::size_t call, std::uint32_t part) const
    {
        std::uint64_t sum = 0;
        for (const Atom& atom : m_calls[call])
            sum += atom.isThere && atom.part == part;
        return sum;
    }
    void cut(std::size_t call, std::uint32_t part, std::uint64_t most)
    {
        std::uint64_t seen = 0;
        for (Atom& atom : m_calls[call])
            if (atom.isThere && atom.part == part && ++seen > most)
                atom.isThere = false;
    }
    void drop(std::size_t call, std::uint32_t part) { cut(call, part, 0); }

    const World& m_world;
    std::vector<std::vector<Atom>> m_calls;
    std::vector<bool> m_isMade;
};

} // namespace

/// Random levers on few calls, against a simulator that counts tokens one by one.
class OracleTest : public QObject
{
    Q_OBJECT

private slots:
    void tokenByToken_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 120; ++seed)
            QTest::addRow("%d", seed) << seed;
    }
    void tokenByToken();
};

void OracleTest::tokenByToken()
{
    QFETCH(int, seed);
    std::minstd_rand random(static_cast<std::uint_fast32_t>(seed));
    const auto any = [&](int most) { return static_cast<int>(random() % static_cast<unsigned>(most + 1)); };
    // Prompts that lose what was cached of them below the provider's minimum are judged elsewhere: no minimum here.
    auto made = *trueWorld({.seed = static_cast<std::uint64_t>(seed % 6 + 1),
                            .calls = 150,
                            .drainIntensity = {{"abandoned-output", 0.9}}});
    for (WorldModel& model : made.models)
        model.cacheMinimum = 0;
    std::uint32_t embedded = none;
    for (const WorldCall& call : made.calls)
        for (std::uint32_t part = call.parts; part < call.partsEnd && call.is(Embeds); ++part) {
            std::uint32_t& block = made.parts[part].block;
            if (block != none && embedded != none && any(1) == 1)
                block = embedded; // half of the texts were embedded before
            else if (block != none)
                embedded = block;
        }
    const auto world = std::make_shared<const World>(std::move(made));
    QVERIFY(world->calls.size() > 100);
    Oracle oracle(*world);
    std::vector<Setting> settings;
    const auto isPulled = [&] { return any(1) == 1; };
    if (isPulled()) {
        settings.push_back(settingOf("remove-failures"));
        oracle.removeFailures();
    }
    if (isPulled()) {
        const double hours = any(48);
        settings.push_back(settingOf("reuse-answers", {{"hours", hours}}));
        if (hours > 0)
            oracle.reuseAnswers(hours);
    }
    if (isPulled()) {
        const double days = any(3) * 0.02;
        settings.push_back(settingOf("reuse-embeddings", {{"days", days}}));
        if (days > 0)
            oracle.keepEmbeddings(days);
    }
    if (isPulled()) {
        const double percent = any(100);
        settings.push_back(settingOf("cancel-early", {{"share", percent}}));
        oracle.endEarly(percent);
    }
    if (isPulled()) {
        const double perThousand = any(50), offers = 20 + any(30);
        settings.push_back(settingOf("drop-tools", {{"rarer_than", perThousand}, {"offers", offers}}));
        oracle.dropTools(perThousand, offers);
    }
    if (isPulled()) {
        const int most = any(12);
        settings.push_back(settingOf("fewer-documents", {{"documents", static_cast<double>(most)}}));
        oracle.keepDocuments(static_cast<std::size_t>(most));
    }
    if (isPulled()) {
        const int most = any(600), after = any(3);
        settings.push_back(settingOf("trim-tool-results",
                                     {{"tokens", static_cast<double>(most)}, {"after", static_cast<double>(after)}}));
        oracle.trimResults(static_cast<std::uint32_t>(most), static_cast<std::uint16_t>(after));
    }
    if (isPulled()) {
        const int turns = any(8);
        settings.push_back(settingOf("history-policy", {{"turns", static_cast<double>(turns)}, {"policy", "sliding"}}));
        oracle.keepTurns(static_cast<std::uint32_t>(turns));
    }
    if (isPulled()) {
        const double percent = any(90);
        settings.push_back(settingOf("trim-system-prompt", {{"percent", percent}}));
        oracle.trimPrompt(percent);
    }
    if (isPulled()) {
        const int most = 1 + any(400);
        settings.push_back(settingOf("cap-output", {{"tokens", static_cast<double>(most)}}));
        oracle.capOutput(static_cast<std::uint32_t>(most));
    }
    if (isPulled()) {
        const int most = any(1500);
        settings.push_back(settingOf("reasoning-budget", {{"tokens", static_cast<double>(most)}}));
        oracle.budgetThinking(static_cast<std::uint32_t>(most));
    }
    Replay replay(world);
    const Outcome outcome = outcomeOf(replay, settings);
    QCOMPARE(outcome.after.input + outcome.after.output, oracle.tokens());
    QVERIFY(outcome.after.cost == oracle.cost());
}

QTEST_GUILESS_MAIN(OracleTest)
#include "oracle_test.moc"
