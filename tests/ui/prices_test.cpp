// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "model/prices/overrides_json.h"
#include "support/held_workspace.h"
#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/pages/calls_dialog.h"
#include "ui/pages/explain_cost_dialog.h"
#include "ui/pages/price_dialogs.h"
#include "ui/pages/price_draft.h"
#include "ui/pages/prices_dialog.h"
#include "ui/pages/rules_card.h"
#include "ui/pages/sources_page.h"

using namespace plumbline;

namespace {
constexpr int patience = 60'000; // milliseconds, for a machine that has other things to do
}

/// Prices in the window: looked up, changed, previewed, applied, taken back. On a workspace of a few hundred calls.
class PricesTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_shown;
    SourcesPage* m_sources = nullptr;

    std::filesystem::path file(const char* name) const { return m_shown->file(name); }
    PriceDraft& draft() { return m_sources->prices(); }
    WorkspaceSession& session() { return m_shown->session(); }

    MoneySum spend()
    {
        const auto answer = session().queries()->breakdown({}, StopToken());
        [&] { QVERIFY(answer); }();
        return answer->total.cost.value_or(MoneySum());
    }
    std::string dearestModel() { return session().queries()->values({Dimension::Model, {}}, 1, StopToken())->front(); }

    /// Does what changes the workspace, and waits until the window shows it.
    template <class Act>
    void changing(Act act)
    {
        QSignalSpy ended(&session(), &WorkspaceSession::changeEnded);
        QSignalSpy changed(&session(), &WorkspaceSession::changed);
        act();
        QVERIFY(!ended.isEmpty() || ended.wait(patience));
        QVERIFY(!changed.isEmpty() || changed.wait(patience));
        QTRY_VERIFY_WITH_TIMEOUT(!draft().isApplying(), patience);
    }

    PricesDialog& openPrices()
    {
        m_sources->openPrices();
        auto* dialog = m_sources->findChild<PricesDialog*>();
        QSignalSpy settled(dialog, &PricesDialog::settled);
        [&] { QVERIFY(settled.wait(patience)); }();
        return *dialog;
    }

private slots:
    void initTestCase()
    {
        m_shown = std::make_unique<test::SampleWindow>();
        m_shown->open();
        m_shown->showPage("sources");
        m_sources = m_shown->window().findChild<SourcesPage*>();
    }

    void aModelIsLookedUpAtADate()
    {
        PricesDialog& dialog = openPrices();
        QVERIFY(dialog.book().rowCount() > 50);
        QCOMPARE(test::unnamedControls(dialog).join(", "), QString());
        QSignalSpy settled(&dialog, &PricesDialog::settled);
        dialog.lookUp("azure/gpt-4o-2024-08-06", "2026-10-01");
        QVERIFY(settled.wait(patience));
        QVERIFY2(dialog.answer().contains("$2.50 input"), qPrintable(dialog.answer()));
        dialog.lookUp("nobody's model", "2026-10-01");
        QVERIFY(settled.wait(patience));
        QVERIFY(dialog.answer().contains("unpriced"));
        dialog.close();
    }

    void anOverrideIsPreviewedAppliedAndTakenBack()
    {
        const MoneySum before = spend();
        PriceOverrides own;
        own.prices.push_back({.model = dearestModel(), .terms = {.prices = {.input = Money(77'000'000'000'000)}}});
        draft().change("Add an override", own);
        QVERIFY(draft().isChanged());
        PricesDialog& dialog = openPrices();
        QSignalSpy settled(&dialog, &PricesDialog::settled);
        dialog.preview();
        QVERIFY(settled.wait(patience));
        auto* preview = dialog.findChild<RepricePreviewDialog*>();
        QVERIFY(preview);
        QCOMPARE(test::unnamedControls(*preview).join(", "), QString());
        const RepricedMonth total = *preview->months().total();
        QVERIFY(total.before == before);
        QVERIFY(total.after != before);
        QVERIFY(spend() == before);

        changing([&] { emit preview->applyChosen(); });
        QVERIFY(spend() == total.after);
        QTRY_VERIFY_WITH_TIMEOUT(!draft().isChanged(), patience);

        changing([&] { m_sources->undo(); });
        QVERIFY(spend() == before);
        m_sources->undo();
        QVERIFY(draft().overrides().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!draft().isChanged(), patience); // as soon as the page has read what is applied now
        dialog.close();
    }

    void aCancelledApplyChangesNothing()
    {
        const MoneySum before = spend();
        draft().change("Add a discount", {.discounts = {{.paid = {1, 2}}}});
        QSignalSpy ended(&session(), &WorkspaceSession::changeEnded);
        {
            const test::HeldWorkspace held(file("w.plumb"));
            draft().apply();
            emit draft().cancelRequested();
        }
        QVERIFY(!ended.isEmpty() || ended.wait(patience));
        QVERIFY(ended.first().first().toString().startsWith("Cancelled"));
        session().refresh();
        QTest::qWait(200);
        QVERIFY(spend() == before);
        QVERIFY(draft().isChanged());
        draft().change("Remove a discount", {});
    }

    void aListOfLiteLlmIsTakenIn()
    {
        {
            std::ofstream out(file("litellm.json"));
            out << "{\"gpt-4o\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\", \"input_cost_per_token\": "
                   "1e-06, "
                   "\"output_cost_per_token\": 2e-06}}";
        }
        QSignalSpy changed(&draft(), &PriceDraft::changed);
        emit draft().listRequested(file("litellm.json"), PriceList::LiteLlm);
        QVERIFY(changed.wait(patience));
        QCOMPARE(draft().overrides().prices.size(), std::size_t{1});
        QCOMPARE(draft().overrides().prices.front().source, std::string("LiteLLM"));
        draft().undo();
        QVERIFY(draft().overrides().isEmpty());
    }

    void anUnreadableListSaysWhy()
    {
        QSignalSpy failed(&session(), &WorkspaceSession::failed);
        emit draft().listRequested(file("traces.jsonl"), PriceList::Langfuse);
        QVERIFY(failed.wait(patience));
        QVERIFY(draft().overrides().isEmpty());
        for (QWidget* box : QApplication::topLevelWidgets())
            if (box->inherits("QMessageBox"))
                box->close();
    }

    void anExplainedCostLeadsToItsPrice()
    {
        emit m_sources->callsRequested({}, "all");
        auto* calls = m_shown->window().findChild<CallsDialog*>();
        QSignalSpy listed(calls, &CallsDialog::settled);
        QVERIFY(listed.wait(patience));
        calls->explain(0);
        auto* explanation = calls->findChild<ExplainCostDialog*>();
        QSignalSpy explained(explanation, &ExplainCostDialog::settled);
        QVERIFY(explained.wait(patience));
        for (QPushButton* button : explanation->findChildren<QPushButton*>())
            if (button->text() == "Open price row")
                button->click();
        auto* dialog = m_sources->findChild<PricesDialog*>();
        QVERIFY(dialog);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->answer().contains("A million tokens: $"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!calls->findChild<ExplainCostDialog*>(), patience);
        dialog->close();
        calls->close();
    }

    void aDraftStaysWithItsWorkspace()
    {
        draft().change("Add a discount", {.discounts = {{.paid = {1, 2}}}});
        FeatureRules rules = m_sources->rules().draft();
        rules.pop_back();
        m_sources->rules().change("Remove a rule", rules);
        session().import(file("other.plumb"), {.paths = {file("traces.jsonl")}});
        QTRY_COMPARE_WITH_TIMEOUT(session().path(), file("other.plumb"), patience);
        m_shown->waitForAnalysis();
        m_shown->showPage("sources");
        QVERIFY(draft().overrides().isEmpty());
        QVERIFY(!draft().canUndo());
        QVERIFY(m_sources->rules().draft() == defaultFeatureRules());
        QVERIFY(!m_sources->rules().canUndo());
    }

    void theFormKeepsWhatItDoesNotAskFor()
    {
        PriceOverride entry{.model = "gpt-4o",
                            .terms = {.prices = {.input = Money(2'500'000'000'000)},
                                      .longContext = LongContext{.over = 200'000},
                                      .webSearchPerThousand = Money(10'000'000'000'000)}};
        OverrideDialog dialog(entry, nullptr);
        QCOMPARE(test::unnamedControls(dialog).join(", "), QString());
        const auto field = [&](const QString& name) {
            for (QLineEdit* edit : dialog.findChildren<QLineEdit*>())
                if (edit->accessibleName() == name)
                    return edit;
            return static_cast<QLineEdit*>(nullptr);
        };
        QVERIFY(dialog.entry() == Result<PriceOverride>(entry));
        field("Output")->setText("$10");
        field("Valid from")->setText("2026-10-01");
        entry.terms.prices.output = Money(10'000'000'000'000);
        entry.validFrom = parseTimestamp("2026-10-01");
        QVERIFY(dialog.entry() == Result<PriceOverride>(entry));
        field("Output")->setText("ten");
        QVERIFY(!dialog.entry());
    }

    void aDiscountIsSaidInPercent()
    {
        DiscountDialog dialog({.provider = "anthropic", .paid = {22, 25}}, nullptr);
        QCOMPARE(test::unnamedControls(dialog).join(", "), QString());
        const auto again = dialog.entry();
        QVERIFY(again);
        QVERIFY(*again == (Discount{.provider = "anthropic", .paid = {22, 25}}));
        for (QLineEdit* edit : dialog.findChildren<QLineEdit*>())
            if (edit->accessibleName() == "API key")
                edit->setText("batch-team");
        const Discount ofAKey{.provider = "anthropic", .apiKey = "batch-team", .paid = {22, 25}};
        QVERIFY(*dialog.entry() == ofAKey);
        // As it is kept, and read again.
        QVERIFY(overridesFromJson(toJson(PriceOverrides{.discounts = {ofAKey}}))->discounts == std::vector{ofAKey});
    }

    void cleanupTestCase() { m_shown.reset(); }
};

QTEST_MAIN(PricesTest)
#include "prices_test.moc"
