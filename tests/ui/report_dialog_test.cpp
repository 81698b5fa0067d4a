// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>

#include "support/sample_window.h"
#include "support/unnamed_controls.h"
#include "ui/pages/report_dialog.h"
#include "ui/pages/spend_page.h"
#include "ui/reports/report_preview.h"
#include "ui/theme/theme.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// Making a report in the window, and closing the month it is about.
class ReportDialogTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<test::SampleWindow> m_sample;

    SpendPage& page() { return *m_sample->window().findChild<SpendPage*>(); }
    static QPushButton& button(QWidget& of, const QString& name)
    {
        for (QPushButton* button : of.findChildren<QPushButton*>())
            if (button->accessibleName() == name || button->text() == name)
                return *button;
        qFatal("no button %s", qPrintable(name));
    }
    QString path(const char* name) const { return QString::fromStdString(m_sample->file(name).string()); }
    /// Opens it from the page and waits for its pages.
    ReportDialog* open()
    {
        QTest::mouseClick(&button(page(), u"Make a report of the month"_s), Qt::LeftButton);
        auto* dialog = m_sample->window().findChild<ReportDialog*>();
        if (dialog && !dialog->report())
            QSignalSpy(dialog, &ReportDialog::settled).wait(20'000);
        return dialog;
    }
    static void choose(ReportDialog& dialog, const QString& box, const QString& title)
    {
        for (QComboBox* of : dialog.findChildren<QComboBox*>())
            if (of->accessibleName() == box) {
                QSignalSpy settled(&dialog, &ReportDialog::settled);
                of->setCurrentIndex(of->findText(title));
                QVERIFY(settled.wait(20'000));
                return;
            }
        QFAIL("no such choice");
    }
    SpendAnswer answer()
    {
        const Queries& queries = *m_sample->session().queries();
        return *queries.spend({.month = queries.calendar().monthOf(queries.extent()->end)}, StopToken());
    }

private slots:
    void init()
    {
        m_sample = std::make_unique<test::SampleWindow>();
        m_sample->open(600);
        m_sample->showPage(u"spend"_s);
    }
    void cleanup() { m_sample.reset(); }

    void thePagesAreTheMonths();
    void itIsMadeFromAnyPage();
    void choicesMakeAnotherReport();
    void filesAreSaved();
    void whatCannotBeWrittenIsSaid();
    void definitionsAreKept();
    void theMonthIsClosedAndReopened();
    void everyControlHasAName();
};

void ReportDialogTest::thePagesAreTheMonths()
{
    ReportDialog* dialog = open();
    QVERIFY(dialog && dialog->report());
    QCOMPARE(dialog->report()->title, format::month(answer().month));
    QVERIFY(dialog->preview().pages().pages.size() >= 8);
    QVERIFY(QTest::qWaitForWindowExposed(dialog));
    if (const QString folder = qEnvironmentVariable("PLUMBLINE_PICTURES"); !folder.isEmpty()) {
        QTest::qWait(300);
        QVERIFY(dialog->grab().save(folder + u"/report-dialog.png"_s));
        Theme dusk;
        dusk.choose(ThemeChoice::Dark);
        QVERIFY(dialog->grab().save(folder + u"/report-dialog-dark.png"_s));
        dusk.choose(ThemeChoice::Light);
    }
    // What is seen is painted: the first page is not a white sheet.
    const QImage picture = dialog->findChild<QScrollArea*>()->viewport()->grab().toImage();
    int dark = 0;
    for (int y = 0; y < picture.height(); y += 2)
        for (int x = 0; x < picture.width(); x += 2)
            dark += qGray(picture.pixel(x, y)) < 100;
    QVERIFY(dark > 200);
}

void ReportDialogTest::itIsMadeFromAnyPage()
{
    m_sample->showPage(u"overview"_s);
    QTest::keyClick(&m_sample->window(), Qt::Key_P, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_sample->window().findChild<ReportDialog*>(), 20'000);
    auto* dialog = m_sample->window().findChild<ReportDialog*>();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->report().has_value(), 20'000);
}

void ReportDialogTest::choicesMakeAnotherReport()
{
    ReportDialog* dialog = open();
    const std::size_t pages = dialog->preview().pages().pages.size();
    choose(*dialog, u"Form"_s, u"Short"_s);
    QVERIFY(dialog->preview().pages().pages.size() < pages);
    choose(*dialog, u"Paper"_s, u"Letter"_s);
    QCOMPARE(dialog->report()->paper, PaperSize::Letter);
    const qsizetype parts = static_cast<qsizetype>(dialog->report()->parts.size());
    QSignalSpy settled(dialog, &ReportDialog::settled);
    for (QListWidget* list : dialog->findChildren<QListWidget*>())
        list->item(0)->setCheckState(Qt::Unchecked);
    QVERIFY(settled.wait(20'000));
    QCOMPARE(static_cast<qsizetype>(dialog->report()->parts.size()), parts - 1);
}

void ReportDialogTest::filesAreSaved()
{
    ReportDialog* dialog = open();
    QSignalSpy saved(dialog, &ReportDialog::saved);
    dialog->savePdf(path("r.pdf"));
    QVERIFY(saved.wait(20'000));
    dialog->saveXlsx(path("r.xlsx"));
    QVERIFY(saved.wait(20'000));
    dialog->saveFocus(path("f.csv"));
    QVERIFY(saved.wait(20'000));
    for (const QList<QVariant>& outcome : saved)
        QCOMPARE(outcome[0].toString(), QString());
    const auto begins = [&](const char* name, const char* with) {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) && file.read(20).startsWith(with);
    };
    QVERIFY(begins("r.pdf", "%PDF-1."));
    QVERIFY(begins("r.xlsx", "PK"));
    QVERIFY(begins("f.csv", "BilledCost,"));
}

void ReportDialogTest::whatCannotBeWrittenIsSaid()
{
    ReportDialog* dialog = open();
    QSignalSpy saved(dialog, &ReportDialog::saved);
    dialog->savePdf(path("no/such/folder/r.pdf"));
    QVERIFY(saved.wait(20'000));
    QVERIFY(saved[0][0].toString().contains(u"could not be written"_s));
    dialog->saveXlsx(path("no/such/folder/r.xlsx"));
    QVERIFY(saved.wait(20'000));
    QVERIFY(!saved[1][0].toString().isEmpty());
}

void ReportDialogTest::definitionsAreKept()
{
    ReportDialog* dialog = open();
    choose(*dialog, u"Form"_s, u"Short"_s);
    QTimer::singleShot(0, this, [&] {
        auto* input = dialog->findChild<QInputDialog*>();
        QVERIFY(input);
        input->setTextValue(u"Board"_s);
        input->accept();
    });
    QSignalSpy edited(&m_sample->session(), &WorkspaceSession::edited);
    QTest::mouseClick(&button(*dialog, u"Keep this report by a name"_s), Qt::LeftButton);
    QVERIFY(edited.wait(10'000));
    auto kept = *m_sample->session().queries()->reports(StopToken());
    QCOMPARE(kept.size(), std::size_t{1});
    QCOMPARE(kept[0].name, std::string("Board"));
    QCOMPARE(kept[0].form, ReportForm::Short);
    choose(*dialog, u"Form"_s, u"Long"_s);
    for (QComboBox* box : dialog->findChildren<QComboBox*>())
        if (box->accessibleName() == u"Kept report"_s) {
            QTRY_COMPARE_WITH_TIMEOUT(box->count(), 2, 10'000);
            box->setCurrentIndex(1);
            QSignalSpy settled(dialog, &ReportDialog::settled);
            emit box->activated(1);
            QVERIFY(settled.wait(20'000));
        }
    QCOMPARE(dialog->definition().form, ReportForm::Short);
    QTest::mouseClick(&button(*dialog, u"Remove the kept report"_s), Qt::LeftButton);
    QVERIFY(edited.wait(10'000));
    QVERIFY(m_sample->session().queries()->reports(StopToken())->empty());
}

void ReportDialogTest::theMonthIsClosedAndReopened()
{
    QTimer::singleShot(0, this, [&] {
        auto* input = page().findChild<QInputDialog*>();
        QVERIFY(input);
        input->setTextValue(u"invoice 17"_s);
        input->accept();
    });
    QSignalSpy settled(&page(), &Page::settled);
    QTest::mouseClick(&button(page(), u"Close or reopen the month"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(answer().adjustment.has_value(), 20'000);
    QCOMPARE(answer().adjustment->note, std::string("invoice 17"));
    QTRY_VERIFY_WITH_TIMEOUT(button(page(), u"Close or reopen the month"_s).text().startsWith(u"Reopen"_s), 20'000);
    QTimer::singleShot(0, this, [&] {
        auto* box = page().findChild<QMessageBox*>();
        QVERIFY(box);
        QTest::mouseClick(box->button(QMessageBox::Yes), Qt::LeftButton);
    });
    QTest::mouseClick(&button(page(), u"Close or reopen the month"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!answer().adjustment.has_value(), 20'000);
}

void ReportDialogTest::everyControlHasAName()
{
    ReportDialog* dialog = open();
    QAccessible::setActive(true);
    QStringList unnamed;
    test::collectUnnamed(QAccessible::queryAccessibleInterface(dialog), unnamed);
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(u'\n')));
}

QTEST_MAIN(ReportDialogTest)
#include "report_dialog_test.moc"
