// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_reader.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTimer>

#include <algorithm>

#include "ui/theme/theme.h"

using namespace plumbline;
using namespace Qt::StringLiterals;

/// Reading a text of ten megabytes: part by part, searched and saved as a whole.
class TextReaderTest : public QObject
{
    Q_OBJECT

private:
    static constexpr int patience = 60'000;
    Theme m_theme;
    std::unique_ptr<TextReader> m_reader;
    QString m_text;

    QPushButton* button(const QString& name)
    {
        for (QPushButton* one : m_reader->findChildren<QPushButton*>())
            if (one->accessibleName() == name)
                return one;
        return nullptr;
    }
    QPlainTextEdit& plain() { return *m_reader->findChild<QPlainTextEdit*>(); }
    QLineEdit& search() { return *m_reader->findChild<QLineEdit*>(); }
    void waitUntilLaid() { QTRY_VERIFY_WITH_TIMEOUT(m_reader->isLaid(), patience); }

private slots:
    void init()
    {
        m_theme.choose(ThemeChoice::Light);
        m_text.clear();
        for (int i = 0; m_text.size() < 10'000'000; ++i)
            m_text += u"line %1 of what was sent\n"_s.arg(i);
        m_text += u"the Needle at its end\n"_s;
        m_reader = std::make_unique<TextReader>();
        m_reader->resize(700, 500);
        m_reader->setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(m_reader.get()));
        m_reader->show(u"User"_s, LongText(m_text));
    }
    void cleanup() { m_reader.reset(); }

    void itIsReadPartByPart()
    {
        waitUntilLaid();
        QVERIFY(m_text.startsWith(m_reader->text()));
        QVERIFY(!button(u"The part before"_s)->isEnabled());
        QString read = m_reader->shownText();
        for (int part = 1; button(u"The part after"_s)->isEnabled(); ++part) {
            button(u"The part after"_s)->click();
            QCOMPARE(m_reader->part(), part);
            waitUntilLaid();
            read += m_reader->shownText();
        }
        QCOMPARE(read, m_text);
        button(u"The part before"_s)->click();
        QCOMPARE(m_reader->part(), 1);
        // A short text has no parts to choose from.
        m_reader->show(u"System"_s, LongText(u"You are helpful."_s));
        QVERIFY(!button(u"The part after"_s)->isVisible());
        QCOMPARE(m_reader->shownText(), u"You are helpful."_s);
    }

    void aSearchGoesOnInOtherParts()
    {
        waitUntilLaid();
        search().setFocus();
        QTest::keyClicks(&search(), u"needle"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_reader->part(), 2, patience);
        waitUntilLaid();
        QTRY_COMPARE_WITH_TIMEOUT(plain().textCursor().selectedText(), u"Needle"_s, patience);
        // Round to the first part again, and back.
        search().selectAll();
        QTest::keyClicks(&search(), u"line 7 of"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_reader->part(), 0, patience);
        QTRY_COMPARE_WITH_TIMEOUT(plain().textCursor().selectedText(), u"line 7 of"_s, patience);
    }

    /// The window goes on meanwhile: four million places may each be the last of a long match.
    void aLongSearchIsCountedWithoutTheWindow()
    {
        m_reader->show(u"User"_s, LongText(QString(10'000'000, u'x')));
        const auto found = [this] {
            const QList<QLabel*> labels = m_reader->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [](const QLabel* one) { return one->text().endsWith(u" found in this part"_s); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(m_reader->isLaid(), patience);
        search().setText(QString(20'000, u'x'));
        QVERIFY(!found()); // not within the key press
        QTRY_VERIFY_WITH_TIMEOUT(found(), patience);
        search().clear();
        QVERIFY(!found());
    }

    void aSearchGoesBackAsWell()
    {
        waitUntilLaid();
        m_reader->showPart(2);
        waitUntilLaid();
        search().setText(u"line 7 of"_s); // of the first part
        QTRY_COMPARE_WITH_TIMEOUT(m_reader->part(), 0, patience);
        waitUntilLaid();
        search().setText(u"what was sent"_s);
        QCOMPARE(plain().textCursor().selectedText(), u"what was sent"_s);
        QCOMPARE(plain().textCursor().blockNumber(), 0);
        QTest::keyClick(&search(), Qt::Key_Return, Qt::ShiftModifier);
        // Before the first of the first part is the last of the last.
        QTRY_COMPARE_WITH_TIMEOUT(m_reader->part(), 2, patience);
        waitUntilLaid();
        QTRY_VERIFY_WITH_TIMEOUT(plain().textCursor().selectedText() == u"what was sent"_s &&
                                     plain().textCursor().blockNumber() > 10'000,
                                 patience);
    }

    /// What only the bytes hold ends the search where it is.
    void whatNoLineHoldsIsNotSoughtForEver()
    {
        m_reader->show(u"User"_s, LongText(QString(10'000'000, u'x') + u"needle"_s));
        search().setText(QString(20'000, u'x')); // over lines that the reader broke
        QTRY_VERIFY_WITH_TIMEOUT(m_reader->isLaid(), patience);
        QTest::qWait(400);
        const int part = m_reader->part();
        QTest::qWait(300);
        QCOMPARE(m_reader->part(), part);
    }

    void anAnswerForAnotherTextIsNobodys()
    {
        waitUntilLaid();
        search().setText(u"needle"_s); // in the third part
        m_reader->show(u"System"_s, LongText(u"You are helpful."_s));
        QTest::qWait(500);
        QCOMPARE(m_reader->part(), 0);
        QCOMPARE(m_reader->shownText(), u"You are helpful."_s);
    }

    void renderedTextIsSearchedToo()
    {
        m_reader->show(u"Assistant"_s, LongText(u"# Title\n\nsome *words* and more"_s));
        auto* form = m_reader->findChild<QComboBox*>();
        form->setCurrentIndex(form->findText(u"Markdown"_s));
        emit form->activated(form->currentIndex());
        search().setText(u"words"_s);
        QCOMPARE(m_reader->findChild<QTextBrowser*>()->textCursor().selectedText(), u"words"_s);
    }

    void allOfItIsSaved()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"prompt.txt"_s);
        QTimer::singleShot(100, this, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                qFatal("nobody asks where to");
            dialog->findChild<QLineEdit*>(u"fileNameEdit"_s)->setText(path);
            static_cast<QDialog*>(dialog)->accept();
        });
        button(u"Save all of the text as a file"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(QFileInfo(path).size(), m_text.size(), patience);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(file.readAll()), m_text);
    }
};

QTEST_MAIN(TextReaderTest)
#include "text_reader_test.moc"
