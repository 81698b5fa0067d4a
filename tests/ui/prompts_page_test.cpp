// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPlainTextEdit>
#include <QPushButton>

#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/pages/prompt_text_card.h"
#include "ui/pages/prompts_page.h"
#include "ui/pages/scenario_card.h"
#include "ui/pages/what_if_page.h"
#include "ui/widgets/data_table.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// The page Prompts, from the list of prompts to what an edit would save.
class PromptsPageTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    MainWindow& window() { return m_sample->window(); }
    PromptsPage& page() { return *window().findChild<PromptsPage*>(); }
    const Queries& queries() { return *m_sample->session().queries(); }
    void choose(const QString& name)
    {
        for (int row = 0; row < page().prompts().rowCount(); ++row)
            if (promptName(page().prompts().rowAt(row)) == name) {
                page().list().selectRow(row);
                return;
            }
        QFAIL(qPrintable(name));
    }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(3000);
        m_sample->window().setScope({});
        m_sample->showPage(u"prompts"_s);
    }

    void everyControlHasAName() { QCOMPARE(test::unnamedControls(page()).join(u", "_s), QString()); }

    void promptsAddUpToWhatTheirCallsSay()
    {
        // Call by call, from the prompts themselves.
        std::map<std::pair<std::string, std::string>, PromptFigures> wanted;
        const auto list = queries().calls({}, CallOrder::Newest, 100'000, StopToken());
        for (const CallRow& call : list->rows) {
            const PromptAnswer prompt = *queries().promptOf(call.id, StopToken());
            PromptFigures figures{.calls = 1};
            bool hasInstructions = false;
            for (const PromptBlock& block : prompt.blocks) {
                if (block.segment != Segment::System || block.isOutput)
                    continue;
                hasInstructions = true;
                figures.tokens += block.tokens.value_or(0);
                figures.cached += block.cached;
                figures.cost += block.cost.value_or(Money());
            }
            if (hasInstructions)
                wanted[{call.feature, call.step}] += figures;
        }
        std::size_t found = 0;
        for (const PromptRow& row : page().prompts().rows()) {
            if (row.versions.empty())
                continue;
            ++found;
            const PromptFigures& figures = wanted[{row.feature, row.step}];
            QCOMPARE(row.figures.calls, figures.calls);
            QCOMPARE(row.figures.tokens, figures.tokens);
            QCOMPARE(row.figures.cached, figures.cached);
            QVERIFY2(
                row.figures.cost == figures.cost,
                (row.feature + ": " + decimalText(row.figures.cost) + " for " + decimalText(figures.cost)).c_str());
            std::int64_t calls = 0;
            for (const PromptVersion& version : row.versions)
                calls += version.figures.calls;
            QCOMPARE(calls, row.figures.calls);
        }
        QCOMPARE(found, wanted.size());
        QVERIFY(found > 5);
    }

    void toolsShareTheirTokens()
    {
        for (const PromptRow& row : page().prompts().rows()) {
            if (row.tools.empty())
                continue;
            double tokens = 0;
            for (const OfferedTool& tool : row.tools)
                tokens += tool.tokens * static_cast<double>(tool.offered);
            const LedgerSums ledger =
                *queries()
                     .breakdown({.filter = {.conditions = {{{Dimension::Feature, {}}, false, {row.feature}},
                                                           {{Dimension::Step, {}}, false, {row.step}}}},
                                 .wantsLedger = true},
                                StopToken())
                     ->totalLedger;
            const auto all = static_cast<double>(ledger.segments[static_cast<std::size_t>(Segment::Tools)]);
            QVERIFY(std::abs(tokens - all) <= 1e-6 * all + 1e-6);
            return;
        }
        QFAIL("no prompt with tools");
    }

    void versionsDifferAndSayByHowMuch()
    {
        for (const PromptRow& row : page().prompts().rows())
            if (row.versions.size() > 1) {
                QSignalSpy settled(&page().text(), &PromptTextCard::settled);
                choose(promptName(row));
                QVERIFY(settled.wait());
                QVERIFY2(page().text().effect().contains(u"→"_s), qPrintable(page().text().effect()));
                return;
            }
        QFAIL("every prompt has one version");
    }

    /// A double click on a version, a tool or a set of tools opens its calls, and no others.
    void everyFigureLeadsToItsCalls()
    {
        QSignalSpy asked(&page(), &Page::callsRequested);
        const auto callsBehind = [&](const QString& table, int row) {
            for (DataTable* one : page().findChildren<DataTable*>())
                if (one->accessibleName() == table)
                    emit one->rowActivated(row);
            const auto filter = asked.isEmpty() ? Filter() : asked.takeLast().at(0).value<Filter>();
            asked.clear();
            return queries().calls(filter, CallOrder::Newest, 1, StopToken())->total;
        };
        int versions = 0, tools = 0;
        for (int at = 0; at < page().prompts().rowCount(); ++at) {
            const PromptRow prompt = page().prompts().rowAt(at);
            page().list().selectRow(at);
            const auto newestFirst = static_cast<int>(prompt.versions.size());
            for (int i = 0; i < newestFirst; ++i, ++versions)
                QCOMPARE(callsBehind(u"Versions of the prompt"_s, i),
                         prompt.versions[static_cast<std::size_t>(newestFirst - 1 - i)].figures.calls);
            for (int i = 0; i < page().tools().rowCount(); ++i, ++tools)
                QCOMPARE(callsBehind(u"Tools that are offered"_s, i), page().tools().rowAt(i).offered);
            for (int i = 0; i < page().toolSets().rowCount(); ++i)
                QCOMPARE(callsBehind(u"Versions of the tool set"_s, i), page().toolSets().rowAt(i).calls);
        }
        QVERIFY(versions > 8);
        QVERIFY(tools > 5);
    }

    void anEditIsCountedAndTriedInWhatIf()
    {
        choose(u"support-chat / answer"_s);
        PromptTextCard& card = page().text();
        QSignalSpy settled(&card, &PromptTextCard::settled);
        card.beginEdit();
        QTRY_VERIFY(card.editor().toPlainText().size() > 100);
        QTRY_VERIFY(card.effect().contains(u"Edit the text"_s));
        const QString whole = card.editor().toPlainText();
        card.editor().setPlainText(whole.left(whole.size() / 2));
        QTRY_VERIFY2(card.effect().contains(u"your edit"_s) && card.effect().contains(u"−$"_s),
                     qPrintable(card.effect()));
        QPushButton* whatIf = nullptr;
        for (QPushButton* button : card.findChildren<QPushButton*>())
            if (button->accessibleName() == u"Try the edited prompt in What-if"_s)
                whatIf = button;
        QVERIFY(whatIf && whatIf->isEnabled());
        auto* what = window().findChild<WhatIfPage*>();
        QSignalSpy answered(what, &Page::settled);
        whatIf->click();
        QVERIFY(answered.wait(60'000));
        const std::vector<LeverUse>& levers = window().findChild<ScenarioCard*>()->scenario().levers;
        const auto trim = std::find_if(levers.begin(), levers.end(),
                                       [](const LeverUse& use) { return use.lever == "trim-system-prompt"; });
        QVERIFY(trim != levers.end() && trim->isOn);
        QVERIFY(std::get<double>(trim->parameters.at("to_tokens")) > 100);
        QCOMPARE(trim->scope.size(), std::size_t{2});
    }
};

QTEST_MAIN(PromptsPageTest)
#include "prompts_page_test.moc"
