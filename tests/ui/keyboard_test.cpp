// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAccessible>

#include "support/sample_window.h"
#include "ui/pages/page.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// The window without a mouse: every page is reached by its key, and every control of it by Tab.
class KeyboardTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    MainWindow& window() { return m_sample->window(); }
    static QString nameOf(const QWidget& widget)
    {
        return u"%1 %2"_s.arg(QString::fromLatin1(widget.metaObject()->className()), widget.accessibleName());
    }
    /// What of the window's controls takes the focus by Tab.
    QSet<const QWidget*> controls()
    {
        QSet<const QWidget*> found;
        for (const QWidget* widget : window().findChildren<QWidget*>())
            if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) &&
                !widget->focusProxy() && widget->window() == &window())
                found.insert(widget);
        return found;
    }

private slots:
    void initTestCase()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(800);
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }

    void everyPageHasAKeyAndEveryControlIsReached_data()
    {
        QTest::addColumn<int>("number");
        int number = 0;
        for (const QString& id : window().pageIds())
            QTest::newRow(qPrintable(id)) << ++number;
    }
    void everyPageHasAKeyAndEveryControlIsReached()
    {
        QFETCH(int, number);
        const QString id = window().pageIds()[number - 1];
        QSignalSpy settled(&window(), &MainWindow::settled);
        QTest::keyClick(&window(), static_cast<Qt::Key>(Qt::Key_0 + number), Qt::ControlModifier);
        const Page* page = nullptr;
        for (const Page* one : window().findChildren<Page*>())
            if (one->id() == id)
                page = one;
        QVERIFY(page);
        QTRY_VERIFY(page->isVisible());
        if (settled.isEmpty())
            settled.wait(20'000);
        QTest::qWait(100); // what the page shows behind its answer is laid out

        const QSet<const QWidget*> wanted = controls();
        QVERIFY(wanted.size() > 10);
        QSet<const QWidget*> reached;
        window().setFocus();
        qsizetype left = wanted.size();
        for (qsizetype steps = 0; left > 0 && steps < wanted.size() * 2 + 20; ++steps) {
            QTest::keyClick(window().focusWidget() ? window().focusWidget() : &window(), Qt::Key_Tab);
            const QWidget* at = window().focusWidget();
            if (!at || reached.contains(at))
                continue;
            reached.insert(at);
            left -= wanted.contains(at);
        }
        QStringList missed;
        for (const QWidget* widget : wanted)
            if (!reached.contains(widget))
                missed += nameOf(*widget);
        QVERIFY2(missed.isEmpty(), qPrintable(u'\n' + missed.join(u'\n')));
        QStringList unnamed;
        for (const QWidget* widget : reached)
            if (const QAccessibleInterface* face = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
                face && face->text(QAccessible::Name).isEmpty())
                unnamed += nameOf(*widget);
        QVERIFY2(unnamed.isEmpty(), qPrintable(u'\n' + unnamed.join(u'\n')));
    }
};

QTEST_MAIN(KeyboardTest)
#include "keyboard_test.moc"
