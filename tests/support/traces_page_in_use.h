// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

#include "support/sample_window.h"
#include "ui/pages/call_card.h"
#include "ui/pages/trace_card.h"
#include "ui/pages/traces_page.h"
#include "ui/widgets/data_table.h"

namespace plumbline::test {

/// The page Traces of a window on so many sample calls.
class TracesPageInUse
{
public:
    explicit TracesPageInUse(std::int64_t calls)
    {
        m_sample.open(calls);
        window().activateWindow();
        m_sample.showPage(QStringLiteral("traces"));
    }

    SampleWindow& sample() { return m_sample; }
    MainWindow& window() { return m_sample.window(); }
    TracesPage& page() { return *window().findChild<TracesPage*>(); }
    const Queries& queries() { return *m_sample.session().queries(); }
    /// What the page is asked by `act`, until it shows the answer.
    template <class Act>
    void andSettle(Act act)
    {
        QSignalSpy settled(&page(), &Page::settled);
        act();
        QVERIFY(settled.wait(30'000));
    }
    /// Chooses a row of the list, until its trace and its call are shown.
    void choose(int row)
    {
        constexpr int patience = 30'000;
        page().list().selectRow(row);
        QTRY_VERIFY_WITH_TIMEOUT(page().requests().rowAt(row), patience);
        const CallRow& call = page().requests().rowAt(row)->call;
        QTRY_VERIFY_WITH_TIMEOUT(page().trace().trace().traceId == call.traceId, patience);
        QTRY_VERIFY_WITH_TIMEOUT(page().call().prompt().call.id == call.id, patience);
    }
    static QPushButton& button(QWidget& in, const QString& name)
    {
        for (QPushButton* one : in.findChildren<QPushButton*>())
            if (one->accessibleName() == name || one->text() == name)
                return *one;
        qFatal("no button %s", qPrintable(name));
    }

private:
    SampleWindow m_sample;
};

} // namespace plumbline::test
