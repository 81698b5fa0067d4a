// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/workspace.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "importers/text_import.h"
#include "model/analysis/analysis.h"
#include "model/core/price_overrides.h"
#include "model/prices/overrides_json.h"
#include "model/record/recorder.h"
#include "model/sample/sample.h"
#include "model/sample/writers.h"
#include "model/store/workspace.h"

using namespace plumbline;
using plumbline::test::TemporaryWorkspace;

/// What must not change the ledger, and what must change it exactly so (drains-and-simulation.md §6).
class MetamorphicTest : public QObject
{
    Q_OBJECT

private:
    /// Of a drain in a feature with one confidence.
    struct Part
    {
        std::int64_t calls = 0;
        TokenCount tokens = 0;
        MoneySum money = {};
        bool operator==(const Part&) const = default;
    };
    struct Account
    {
        std::map<std::string, std::map<std::pair<std::string, Confidence>, Part>> features = {};
        std::map<std::string, LedgerSums> ledgers = {};
        LedgerSums total = {};
        bool operator==(const Account&) const = default;
    };

    std::vector<std::string> m_lines; ///< one a trace, as Langfuse's exports have them
    std::vector<std::string> m_again; ///< the same company under other names
    Account m_account;

    static std::string lineOf(const SampleTrace& trace)
    {
        std::string line;
        append(line, trace, SampleFormat::Langfuse);
        return line;
    }
    static void import(const TemporaryWorkspace& workspace, const std::vector<std::string>& lines,
                       Privacy privacy = Privacy::Bodies)
    {
        auto import = TextImport::begin(workspace.path(), "test", {.name = "sample", .privacy = privacy},
                                        "langfuse-events", StopToken());
        QVERIFY(import);
        for (const std::string& line : lines) {
            std::string text = line;
            QVERIFY(import->add(text));
        }
        QVERIFY(import->finish({}));
    }
    static Account account(const TemporaryWorkspace& workspace)
    {
        if (!Analysis::run(workspace.path(), {}, StopToken()))
            qFatal("cannot analyse");
        const auto queries = workspace.queries();
        const auto answer = queries->drains({.rows = {Dimension::Feature, {}}, .wantsBeside = true}, StopToken());
        if (!answer)
            qFatal("cannot ask");
        Account account{.total = answer->total};
        for (std::size_t row = 0; row < answer->rows.size(); ++row)
            account.ledgers[answer->rows[row]] = answer->rowLedgers[row];
        for (const DrainCell& cell : answer->cells)
            account.features[answer->rows[cell.row]][{answer->columns[cell.column], cell.confidence}] = {
                cell.calls, cell.tokens, cell.money};
        return account;
    }
    static void compare(const Account& now, const Account& before)
    {
        for (const auto& [feature, parts] : before.features)
            for (const auto& [key, part] : parts) {
                const auto at = now.features.find(feature);
                const bool isSame = at != now.features.end() && at->second.contains(key) && at->second.at(key) == part;
                QVERIFY2(isSame, (feature + " " + key.first).c_str());
            }
        QVERIFY(now == before);
    }

private slots:
    void initTestCase()
    {
        QVERIFY(generate(
            SampleOptions{.calls = 2000},
            [&](const SampleTrace& trace) -> Result<> {
                m_lines.push_back(lineOf(trace));
                SampleTrace other = trace;
                static std::map<std::string, std::string> names;
                std::string& name = names[std::string(trace.feature)];
                name = std::string(trace.feature) + "-again";
                other.feature = name;
                // Another trace with other spans, in another session.
                const auto renamed = [](std::string id) {
                    std::reverse(id.begin(), id.end());
                    return id;
                };
                other.traceId = renamed(other.traceId);
                if (!other.session.empty())
                    other.session += "-again";
                for (SampleSpan& span : other.spans) {
                    span.spanId = renamed(span.spanId);
                    span.parentId = renamed(span.parentId);
                    if (!span.responseId.empty())
                        span.responseId += "x";
                }
                m_again.push_back(lineOf(other));
                return {};
            },
            StopToken()));
        TemporaryWorkspace workspace;
        import(workspace, m_lines);
        m_account = account(workspace);
        QVERIFY(m_account.total.waste > MoneySum());
        QVERIFY(m_account.total.opportunity > MoneySum());
        QVERIFY(m_account.features.size() > 5);
    }

    void theOrderOfRecordsChangesNothing()
    {
        std::vector<std::string> shuffled = m_lines;
        std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(7));
        TemporaryWorkspace workspace;
        import(workspace, shuffled);
        compare(account(workspace), m_account);
    }

    void importingAgainChangesNothing()
    {
        TemporaryWorkspace workspace;
        import(workspace, m_lines);
        import(workspace, m_lines);
        compare(account(workspace), m_account);
    }

    void twoExportsThatOverlapAreOne()
    {
        const auto third = static_cast<std::ptrdiff_t>(m_lines.size() / 3);
        TemporaryWorkspace workspace;
        import(workspace, {m_lines.begin(), m_lines.end() - third});
        import(workspace, {m_lines.begin() + third, m_lines.end()});
        compare(account(workspace), m_account);
    }

    /// Analysed in between, what grew is looked at anew. Weights of a model that were fitted to enough calls stay, so
    /// that splits may differ by what they are off anyway; what takes whole calls does not.
    void analysingInBetweenMovesNoWholeCall()
    {
        const auto half = static_cast<std::ptrdiff_t>(m_lines.size() / 2);
        TemporaryWorkspace workspace;
        import(workspace, {m_lines.begin(), m_lines.begin() + half});
        account(workspace);
        import(workspace, {m_lines.begin() + half, m_lines.end()});
        const Account now = account(workspace);
        QVERIFY(now.total.bill == m_account.total.bill);
        QCOMPARE(now.total.callsWaiting, 0);
        for (const auto& [feature, parts] : m_account.features)
            for (const auto& [key, part] : parts)
                for (const char* drain : {"failed-calls", "duplicate-calls", "repeated-embeddings", "agent-loops"})
                    if (key.first == drain)
                        QVERIFY2(now.features.at(feature).contains(key) && now.features.at(feature).at(key) == part,
                                 (feature + " " + key.first).c_str());
        const double moved = std::abs((now.total.waste - m_account.total.waste).dollars());
        QVERIFY(moved < 0.02 * m_account.total.waste.dollars());
    }

    /// At half the price every call wastes the same tokens, and half the money to the picodollar.
    void halfThePriceIsHalfTheMoney()
    {
        TemporaryWorkspace workspace;
        import(workspace, m_lines);
        {
            auto recorder = Recorder::open(workspace.path(), "test");
            QVERIFY(recorder);
            const PriceOverrides half{.discounts = {{.paid = *parseRatio("0.5")}}};
            QVERIFY(recorder->change({{store::setting::priceOverrides, toJson(half)}}, {}, StopToken()));
        }
        const Account now = account(workspace);
        QVERIFY(now.total.bill + now.total.bill == m_account.total.bill);
        QVERIFY(now.total.waste + now.total.waste == m_account.total.waste);
        QVERIFY(now.total.opportunity + now.total.opportunity == m_account.total.opportunity);
        for (const auto& [feature, parts] : m_account.features)
            for (const auto& [key, part] : parts) {
                if (key.second == Confidence::Beside)
                    continue; // logs have a price of their own
                const Part& half = now.features.at(feature).at(key);
                QCOMPARE(half.calls, part.calls);
                QCOMPARE(half.tokens, part.tokens);
                QVERIFY2(half.money + half.money == part.money, (feature + " " + key.first).c_str());
            }
    }

    /// The same calls under another scope have the same account, and nothing of one is seen in the other.
    void aSecondScopeHasTheSameAccount()
    {
        TemporaryWorkspace workspace;
        std::vector<std::string> both = m_lines;
        both.insert(both.end(), m_again.begin(), m_again.end());
        import(workspace, both);
        const Account now = account(workspace);
        QVERIFY(now.total.bill == m_account.total.bill + m_account.total.bill);
        QCOMPARE(now.total.calls, 2 * m_account.total.calls);
        for (const auto& [feature, parts] : m_account.features) {
            const auto& first = now.features.at(feature);
            const auto& second = now.features.at(feature + "-again");
            QCOMPARE(first.size(), second.size());
            for (const auto& [key, part] : first)
                QVERIFY2(second.contains(key) && second.at(key) == part, (feature + " " + key.first).c_str());
            QVERIFY(now.ledgers.at(feature) == now.ledgers.at(feature + "-again"));
        }
    }

    /// Where only digests are kept, what texts show was looked at when they were imported. Whether an answer uses a
    /// document cannot be seen then: what lies behind that drain has its tokens.
    void digestsShowWhatTextsShowed()
    {
        TemporaryWorkspace workspace;
        import(workspace, m_lines, Privacy::Digests);
        const Account now = account(workspace);
        QVERIFY(now.total.bill == m_account.total.bill);
        std::set<std::string> compared;
        for (const auto& [feature, parts] : m_account.features) {
            bool retrieves = false;
            for (const auto& [key, part] : parts)
                retrieves |= key.first == "over-retrieval";
            for (const auto& [key, part] : parts) {
                if (retrieves)
                    continue;
                compared.insert(key.first);
                QVERIFY2(now.features.at(feature).contains(key) && now.features.at(feature).at(key) == part,
                         (feature + " " + key.first).c_str());
            }
        }
        for (const char* drain : {"failed-calls", "duplicate-calls", "agent-loops", "debug-payload", "unused-tools",
                                  "stale-tool-results", "resent-history", "system-prompt-excess", "cache-misses"})
            QVERIFY2(compared.contains(drain), drain);
    }
};

QTEST_GUILESS_MAIN(MetamorphicTest)
#include "metamorphic_test.moc"
