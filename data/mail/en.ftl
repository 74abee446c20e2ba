# English: mail to staff.

mail =
    .greeting = Hello,
    .desk = This is waiting at { $organisation }:
    .line = – { $what }: { $count } (the oldest since { $year }-{ $month }-{ $day })
    .link = Look into it and follow up in Samspill:
    .why = This message was sent automatically, and replies to it are not read. It contains no personal data. You choose in Samspill what you are told of, and how often.

mail_consent_expiring = Consents about to expire

mail_cooperation = Requests and news from partners

mail_disclosure_unacknowledged = Disclosures not acknowledged

mail_first_contact_overdue = First contacts overdue

mail_new_referral = New referrals
