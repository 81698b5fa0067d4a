// SPDX-License-Identifier: GPL-3.0-or-later
#include <QHeaderView>

#include "model/items/fact_table.h"
#include "support/sample_window.h"
#include "ui/pages/explain_cost_dialog.h"
#include "ui/pages/page.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/kpi_card.h"
#include "ui/window_memory.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// Whatever figure one points at says what it is and how it is computed.
class HelpTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    /// Columns of figures whose header says nothing: `Top features: Spend`.
    static QStringList silentColumns(const QWidget& in)
    {
        QStringList silent;
        for (const DataTable* table : in.findChildren<DataTable*>())
            for (int column = 0; column < table->facts().columnCount(); ++column) {
                const auto header = [&](int role) { return table->facts().headerData(column, Qt::Horizontal, role); };
                const auto kind = static_cast<ColumnKind>(header(KindRole).toInt());
                const bool isFigure = kind == ColumnKind::Figure || kind == ColumnKind::MakeUp ||
                                      kind == ColumnKind::Trend || kind == ColumnKind::Share;
                if (isFigure && header(Qt::ToolTipRole).toString().isEmpty())
                    silent += u"%1: %2 (%3)"_s.arg(table->accessibleName(), header(Qt::DisplayRole).toString(),
                                                   header(ColumnIdRole).toString());
            }
        return silent;
    }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(2000);
    }

    void everyColumnOfFiguresSaysWhatItIs()
    {
        QStringList silent;
        for (const QString& id : m_sample->window().pageIds()) {
            m_sample->showPage(id);
            silent += silentColumns(m_sample->window());
        }
        silent.removeDuplicates();
        QCOMPARE(silent.join(u'\n'), QString());
    }

    void soDoesTheArithmeticOfACall()
    {
        const auto calls = m_sample->session().queries()->calls({}, CallOrder::Costliest, 1, StopToken());
        TransientMemory memory;
        ExplainCostDialog dialog(*m_sample->session().queries(), calls->rows.front().id, memory, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy settled(&dialog, &ExplainCostDialog::settled);
        QVERIFY(settled.wait(20'000));
        QCOMPARE(silentColumns(dialog).join(u'\n'), QString());
    }

    void everyTileSaysWhatItIs()
    {
        m_sample->showPage(u"overview"_s);
        const auto tiles = m_sample->window().findChildren<KpiCard*>();
        QVERIFY(tiles.size() >= 5);
        for (const KpiCard* tile : tiles) {
            QVERIFY2(tile->kpi().help.size() > 20, qPrintable(tile->kpi().caption));
            QVERIFY(tile->toolTip().contains(tile->kpi().help));
            QCOMPARE(tile->accessibleDescription(), tile->kpi().help);
        }
    }
};

QTEST_MAIN(HelpTest)
#include "help_test.moc"
