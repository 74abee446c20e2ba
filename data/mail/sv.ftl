# Swedish: mail to staff.

mail =
    .greeting = Hej!
    .desk = Detta väntar hos { $organisation }:
    .line = – { $what }: { $count } (den äldsta från { $year }-{ $month }-{ $day })
    .link = Läs mer och följ upp i Samspill:
    .why = Det här meddelandet har skickats automatiskt, och svar på det läses inte. Det innehåller inga personuppgifter. Vad du får meddelanden om, och hur ofta, väljer du själv i Samspill.

mail_consent_expiring = Samtycken som snart löper ut

mail_cooperation = Meddelanden från samarbetspartner

mail_disclosure_unacknowledged = Försändelser utan bekräftat mottagande

mail_first_contact_overdue = Försenad första kontakt

mail_new_referral = Nya remisser
