//! The tables, as a test finds them in the database. `id` alone is the key here: the policies supply the organisation.

diesel::table! {
    account (id) {
        id -> Uuid,
        kind -> Text,
        name -> Text,
        email -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        language -> Text,
        disabled_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    account_recovery (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        membership_id -> Uuid,
        account_id -> Uuid,
        resets_second_factor -> Bool,
        token_hash -> Bytea,
        expires_at -> Timestamptz,
        accepted_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    audit (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        at -> Timestamptz,
        account_id -> Nullable<Uuid>,
        acting_organisation_id -> Nullable<Uuid>,
        acting_role -> Nullable<Text>,
        request_id -> Nullable<Uuid>,
        purpose -> Nullable<Text>,
        verb -> Text,
        table_name -> Text,
        row_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        before -> Nullable<Jsonb>,
        after -> Nullable<Jsonb>,
    }
}

diesel::table! {
    briefing (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        volunteer_id -> Uuid,
        topic -> Text,
        held_on -> Date,
        held_by_id -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    capacity_assessment (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        result -> Text,
        covers -> Array<Text>,
        qualification -> Text,
        reasons -> Text,
        decided_by_id -> Uuid,
        decided_on -> Date,
        presented_to_person_on -> Nullable<Date>,
        presented_to_relative_on -> Nullable<Date>,
        review_on -> Nullable<Date>,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    clarification (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        referral_id -> Uuid,
        person_id -> Uuid,
        need -> Text,
        wanted_offer -> Text,
        alternatives -> Array<Text>,
        target_group -> Text,
        agreed_by_person -> Bool,
        agreed_by_id -> Nullable<Uuid>,
        decision -> Text,
        unit_id -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    collaboration_agreement (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        method -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        status -> Text,
        ready -> Array<Text>,
        sender_accepted_at -> Nullable<Timestamptz>,
        recipient_accepted_at -> Nullable<Timestamptz>,
        activated_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        reason -> Nullable<Text>,
        version -> Int8,
        created_at -> Timestamptz,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    confidentiality_declaration (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        volunteer_id -> Uuid,
        template_version -> Text,
        language -> Text,
        briefed_by_id -> Uuid,
        briefed_on -> Date,
        signed_on -> Date,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    consent (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        referral_id -> Nullable<Uuid>,
        purpose -> Text,
        kinds -> Array<Text>,
        categories -> Array<Text>,
        includes_updates -> Bool,
        valid -> Tstzrange,
        status -> Text,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
        unit_id -> Nullable<Uuid>,
        subject_id -> Nullable<Uuid>,
        given_by_id -> Nullable<Uuid>,
        capacity_basis -> Nullable<Text>,
        capacity_rule -> Nullable<Text>,
        capacity_rule_id -> Nullable<Uuid>,
        capacity_assessment_id -> Nullable<Uuid>,
        method -> Nullable<Text>,
        witness -> Nullable<Text>,
        evidence_reference -> Nullable<Text>,
        evidence_sha256 -> Nullable<Text>,
        text_code -> Nullable<Text>,
        text_version -> Nullable<Text>,
        text_language -> Nullable<Text>,
        text_form -> Nullable<Text>,
        text_sha256 -> Nullable<Text>,
        ask_again_from -> Nullable<Date>,
        replaces_id -> Nullable<Uuid>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    contact_form (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        network_id -> Uuid,
        person_id -> Uuid,
        number -> Int4,
        status -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    contact_form_version (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        contact_form_id -> Uuid,
        network_id -> Uuid,
        person_id -> Uuid,
        number -> Int4,
        body -> Jsonb,
        changes -> Jsonb,
        change_reason -> Nullable<Text>,
        signed_by -> Nullable<Text>,
        signed_role -> Nullable<Text>,
        signed_by_id -> Nullable<Uuid>,
        capacity_assessment_id -> Nullable<Uuid>,
        created_by -> Uuid,
        created_at -> Timestamptz,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    contact_point (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        unit_id -> Uuid,
        membership_id -> Nullable<Uuid>,
        substitute_id -> Nullable<Uuid>,
        name -> Text,
        role -> Text,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        hours -> Nullable<Text>,
        is_head -> Bool,
        published -> Bool,
        services -> Array<Text>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    conversation (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        referral_id -> Uuid,
        person_id -> Uuid,
        step -> Text,
        planned_at -> Timestamptz,
        held_at -> Nullable<Timestamptz>,
        place -> Nullable<Text>,
        present -> Array<Text>,
        interpreter -> Nullable<Text>,
        summary -> Nullable<Text>,
        wishes -> Nullable<Text>,
        unit_id -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    counterpart (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        status -> Text,
        version -> Int8,
        created_at -> Timestamptz,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    delivery (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        kind -> Text,
        consent_id -> Nullable<Uuid>,
        legal_basis_id -> Nullable<Uuid>,
        referral_id -> Nullable<Uuid>,
        unit_ids -> Array<Uuid>,
        number -> Nullable<Int4>,
        network_id -> Nullable<Uuid>,
        payload -> Jsonb,
        payload_sha256 -> Text,
        status -> Text,
        reason -> Nullable<Text>,
        archive_system -> Nullable<Text>,
        archive_id -> Nullable<Text>,
        sent_at -> Nullable<Timestamptz>,
        received_at -> Nullable<Timestamptz>,
        archived_at -> Nullable<Timestamptz>,
        version -> Int8,
        person_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    disclosure (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        kind -> Text,
        subject_id -> Uuid,
        consent_id -> Nullable<Uuid>,
        legal_basis_id -> Nullable<Uuid>,
        referral_id -> Nullable<Uuid>,
        unit_ids -> Array<Uuid>,
        number -> Nullable<Int4>,
        payload -> Jsonb,
        payload_sha256 -> Text,
        contact_form_id -> Nullable<Uuid>,
        contact_form_version_id -> Nullable<Uuid>,
        network_id -> Nullable<Uuid>,
        source_id -> Nullable<Uuid>,
        protected -> Bool,
        approved_by_id -> Nullable<Uuid>,
        status -> Text,
        blocked_reason -> Nullable<Text>,
        reason -> Nullable<Text>,
        archive_system -> Nullable<Text>,
        archive_id -> Nullable<Text>,
        queued_at -> Timestamptz,
        queued_by -> Nullable<Uuid>,
        sent_at -> Nullable<Timestamptz>,
        received_at -> Nullable<Timestamptz>,
        archived_at -> Nullable<Timestamptz>,
        unit_id -> Nullable<Uuid>,
        version -> Int8,
    }
}

diesel::table! {
    event (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        sequence -> Nullable<Int8>,
        at -> Timestamptz,
        name -> Text,
        subject_table -> Text,
        subject_id -> Uuid,
        from_status -> Nullable<Text>,
        to_status -> Nullable<Text>,
        reason -> Nullable<Text>,
        account_id -> Nullable<Uuid>,
        acting_organisation_id -> Nullable<Uuid>,
        request_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    follow_up (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        network_id -> Uuid,
        starts_on -> Date,
        due_on -> Date,
        rule -> Text,
        rule_id -> Uuid,
        status -> Text,
        with_person_on -> Nullable<Date>,
        person_outcome -> Nullable<Text>,
        person_note -> Nullable<Text>,
        with_network_contact_on -> Nullable<Date>,
        network_contact_outcome -> Nullable<Text>,
        network_contact_note -> Nullable<Text>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    functional_assessment (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        instrument -> Text,
        instrument_version -> Text,
        assessed_on -> Date,
        assessor -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        items -> Jsonb,
        source_system -> Nullable<Text>,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    goal (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        referral_id -> Nullable<Uuid>,
        domain -> Text,
        measure -> Text,
        better -> Text,
        baseline -> Int4,
        target -> Int4,
        set_on -> Date,
        review_on -> Date,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    goal_outcome (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        goal_id -> Uuid,
        person_id -> Uuid,
        follow_up_id -> Nullable<Uuid>,
        measured_on -> Date,
        value -> Int4,
        note -> Nullable<Text>,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    guidance_request (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        to_unit_id -> Uuid,
        topic -> Text,
        due_on -> Nullable<Date>,
        rule -> Nullable<Text>,
        rule_id -> Nullable<Uuid>,
        settled_on -> Nullable<Date>,
        status -> Text,
        answered_how -> Nullable<Text>,
        answered_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
        network_id -> Nullable<Uuid>,
        asked_by_id -> Nullable<Uuid>,
        note -> Nullable<Text>,
        unit_id -> Nullable<Uuid>,
        contact_point_id -> Nullable<Uuid>,
        reached_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    idempotency_key (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        account_id -> Uuid,
        key -> Text,
        request -> Bytea,
        resource_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    invitation (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        email -> Text,
        role -> Text,
        unit_id -> Nullable<Uuid>,
        volunteer_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        token_hash -> Bytea,
        expires_at -> Timestamptz,
        accepted_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    legal_basis (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        referral_id -> Nullable<Uuid>,
        rule -> Text,
        rule_id -> Uuid,
        statute -> Text,
        section -> Text,
        purpose -> Text,
        kinds -> Array<Text>,
        categories -> Array<Text>,
        includes_updates -> Bool,
        valid -> Tstzrange,
        status -> Text,
        ended_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
        unit_id -> Nullable<Uuid>,
        subject_id -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        decided_by_id -> Nullable<Uuid>,
        decided_by_role -> Nullable<Text>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    log_entry (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        network_id -> Uuid,
        person_id -> Nullable<Uuid>,
        author_id -> Uuid,
        author_role -> Text,
        volunteer_id -> Nullable<Uuid>,
        kind -> Text,
        is_practical -> Bool,
        occurred_at -> Timestamptz,
        text -> Text,
        sensitive -> Bool,
        share_with_municipality -> Text,
        correction_of_id -> Nullable<Uuid>,
        status -> Text,
        finished_at -> Nullable<Timestamptz>,
        is_finished -> Bool,
        read_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    log_review (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        network_id -> Uuid,
        from_on -> Date,
        to_on -> Date,
        done_on -> Date,
        comment -> Nullable<Text>,
        coordinator_id -> Uuid,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    login_throttle (hash) {
        hash -> Bytea,
        failures -> Int4,
        until -> Timestamptz,
    }
}

diesel::table! {
    mail (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        membership_id -> Uuid,
        pace -> Text,
        kinds -> Array<Text>,
        status -> Text,
        attempts -> Int4,
        due_at -> Timestamptz,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    mail_notice (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mail_setting (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        new_referral -> Text,
        first_contact_overdue -> Text,
        consent_expiring -> Text,
        disclosure_unacknowledged -> Text,
        cooperation -> Text,
        version -> Int8,
    }
}

diesel::table! {
    membership (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        account_id -> Uuid,
        name -> Text,
        email -> Nullable<Text>,
        role -> Text,
        unit_id -> Nullable<Uuid>,
        volunteer_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        started_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        version -> Int8,
    }
}

diesel::table! {
    network (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        referral_id -> Nullable<Uuid>,
        name -> Text,
        shape -> Text,
        pattern -> Nullable<Text>,
        supplements -> Bool,
        started_on -> Nullable<Date>,
        status -> Text,
        network_contact_missing -> Bool,
        reason -> Nullable<Text>,
        thanked_on -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        keep_until -> Nullable<Date>,
        keep_rule -> Nullable<Text>,
        keep_rule_id -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    network_change (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        network_id -> Uuid,
        person_id -> Nullable<Uuid>,
        unit_ids -> Array<Uuid>,
        author_role -> Text,
        kind -> Text,
        from_on -> Date,
        to_on -> Nullable<Date>,
        written_at -> Timestamptz,
        version -> Int8,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    network_message (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        network_id -> Uuid,
        person_id -> Nullable<Uuid>,
        unit_ids -> Array<Uuid>,
        author_role -> Text,
        text -> Text,
        written_at -> Timestamptz,
        version -> Int8,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    network_participant (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        network_id -> Uuid,
        person_id -> Uuid,
        joined_on -> Date,
        left_on -> Nullable<Date>,
        version -> Int8,
    }
}

diesel::table! {
    network_volunteer (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        network_id -> Uuid,
        volunteer_id -> Uuid,
        is_network_contact -> Bool,
        joined_on -> Date,
        left_on -> Nullable<Date>,
        version -> Int8,
    }
}

diesel::table! {
    offer (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        referral_id -> Uuid,
        service -> Text,
        kind -> Text,
        times -> Array<Text>,
        reply_by_on -> Date,
        reply_rule -> Nullable<Text>,
        reply_rule_id -> Nullable<Uuid>,
        settled_on -> Nullable<Date>,
        status -> Text,
        reason -> Nullable<Text>,
        version -> Int8,
        created_at -> Timestamptz,
        disclosure_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    organisation (id) {
        id -> Uuid,
        country -> Text,
        kind -> Text,
        number -> Text,
        name -> Text,
        municipality_code -> Nullable<Text>,
        parent_id -> Nullable<Uuid>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        referral_expires_after_days -> Nullable<Int4>,
        second_factor_required -> Bool,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    organisation_rule (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        code -> Text,
        service -> Nullable<Text>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        source -> Text,
        label -> Jsonb,
        content -> Jsonb,
        ended_at -> Nullable<Timestamptz>,
        was_valid_to -> Nullable<Date>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    organisation_setting (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        keeps_identity_numbers -> Bool,
        version -> Int8,
    }
}

diesel::table! {
    person (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        given_name -> Text,
        family_name -> Text,
        folded_name -> Text,
        birth_on -> Nullable<Date>,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        address -> Nullable<Text>,
        postcode -> Nullable<Text>,
        place -> Nullable<Text>,
        municipality_code -> Nullable<Text>,
        language -> Text,
        needs_interpreter -> Bool,
        contact_by -> Text,
        receives_municipal_services -> Bool,
        unit_id -> Nullable<Uuid>,
        responsible_id -> Nullable<Uuid>,
        protection -> Nullable<Text>,
        protection_source -> Nullable<Text>,
        protected_until -> Nullable<Date>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    person_identifier (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        kind -> Text,
        sealed -> Bytea,
        hash -> Bytea,
        source -> Text,
        status -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    person_link (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        related_person_id -> Uuid,
        kind -> Text,
        may_consent -> Bool,
        may_complain -> Bool,
        may_receive_letters -> Bool,
        may_be_contacted -> Bool,
        basis -> Nullable<Text>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    protected_detail (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        sealed -> Bytea,
        protected_by -> Nullable<Uuid>,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    referral (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Nullable<Uuid>,
        service -> Text,
        kind -> Text,
        source_channel -> Text,
        sent_by_unit_id -> Nullable<Uuid>,
        first_contact_due_on -> Nullable<Date>,
        first_contact_rule -> Nullable<Text>,
        first_contact_rule_id -> Nullable<Uuid>,
        first_contact_on -> Nullable<Date>,
        submitted_at -> Nullable<Timestamptz>,
        status -> Text,
        status_since -> Timestamptz,
        reason -> Nullable<Text>,
        suggestion -> Nullable<Text>,
        reopens_id -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
        person_id -> Nullable<Uuid>,
        cared_for_person_id -> Nullable<Uuid>,
        unit_id -> Nullable<Uuid>,
        need -> Nullable<Text>,
        wishes -> Nullable<Text>,
        social_assessment_id -> Nullable<Uuid>,
        social_fields -> Array<Text>,
        note -> Nullable<Text>,
        consent_id -> Nullable<Uuid>,
        legal_basis_id -> Nullable<Uuid>,
        external_system -> Nullable<Text>,
        external_id -> Nullable<Text>,
        external_case_id -> Nullable<Text>,
        content_sha256 -> Nullable<Text>,
        expected_on -> Nullable<Date>,
        review_on -> Nullable<Date>,
        report -> Nullable<Text>,
        step_due_on -> Nullable<Date>,
        step_rule -> Nullable<Text>,
        step_rule_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        target_group -> Nullable<Text>,
        routing_rule_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    refresh_token (hash) {
        hash -> Bytea,
        session_id -> Uuid,
        issued_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    responsibility (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        domain -> Text,
        responsible_unit_id -> Uuid,
        decision_reference -> Nullable<Text>,
        began_on -> Date,
        ended_on -> Nullable<Date>,
        end_reason -> Nullable<Text>,
        person_agreed_on -> Nullable<Date>,
        decision_changed_on -> Nullable<Date>,
        changed_decision_reference -> Nullable<Text>,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    routing_rule (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        postcode_prefix -> Nullable<Text>,
        target_group -> Nullable<Text>,
        service -> Nullable<Text>,
        counterpart_organisation_id -> Uuid,
        coordinator -> Nullable<Text>,
        substitute -> Nullable<Text>,
        priority -> Int4,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    rule (id) {
        id -> Uuid,
        country -> Text,
        kind -> Text,
        code -> Text,
        municipality_code -> Nullable<Text>,
        service -> Nullable<Text>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        legal -> Bool,
        source -> Text,
        confidence -> Text,
        reviewer -> Nullable<Text>,
        label -> Jsonb,
        content -> Jsonb,
        is_shipped -> Bool,
        closed_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    rulebook (edition) {
        edition -> Int8,
    }
}

diesel::table! {
    second_factor (id) {
        id -> Uuid,
        account_id -> Uuid,
        sealed -> Bytea,
        recovery_hashes -> Array<Bytea>,
        confirmed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    session (id) {
        id -> Uuid,
        account_id -> Uuid,
        organisation_id -> Uuid,
        membership_id -> Uuid,
        device -> Nullable<Text>,
        created_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    signing_key (id) {
        id -> Uuid,
        public_key -> Bytea,
        sealed -> Bytea,
        signs_from -> Timestamptz,
        retires_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    social_assessment (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        person_id -> Uuid,
        assessed_on -> Date,
        findings -> Jsonb,
        unit_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    system_client (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        membership_id -> Uuid,
        name -> Text,
        scopes -> Array<Text>,
        ended_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    system_client_key (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        system_client_id -> Uuid,
        thumbprint -> Text,
        public_key -> Jsonb,
        expires_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    task (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        kind -> Text,
        subject_table -> Text,
        subject_id -> Uuid,
        unit_ids -> Nullable<Array<Uuid>>,
        reached_id -> Nullable<Uuid>,
        done_at -> Nullable<Timestamptz>,
        version -> Int8,
        created_at -> Timestamptz,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    thank_you (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        network_id -> Uuid,
        volunteer_id -> Uuid,
        text -> Text,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    unit (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        name -> Text,
        function -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    unmet_need_report (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        side -> Text,
        counterpart_organisation_id -> Uuid,
        to_unit_id -> Uuid,
        need_type -> Text,
        disclosure_id -> Nullable<Uuid>,
        due_on -> Nullable<Date>,
        rule -> Nullable<Text>,
        rule_id -> Nullable<Uuid>,
        settled_on -> Nullable<Date>,
        status -> Text,
        reason -> Nullable<Text>,
        version -> Int8,
        created_at -> Timestamptz,
        network_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        description -> Nullable<Text>,
        asked_by_id -> Nullable<Uuid>,
        unit_id -> Nullable<Uuid>,
        contact_point_id -> Nullable<Uuid>,
        reached_id -> Nullable<Uuid>,
        guarded_for -> Nullable<Uuid>,
    }
}

diesel::table! {
    used_proof (account_id, proof) {
        account_id -> Uuid,
        proof -> Text,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    volunteer (id) {
        organisation_id -> Uuid,
        id -> Uuid,
        name -> Text,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        status -> Text,
        version -> Int8,
        created_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    account,
    account_recovery,
    audit,
    briefing,
    capacity_assessment,
    clarification,
    collaboration_agreement,
    confidentiality_declaration,
    consent,
    contact_form,
    contact_form_version,
    contact_point,
    conversation,
    counterpart,
    delivery,
    disclosure,
    event,
    follow_up,
    functional_assessment,
    goal,
    goal_outcome,
    guidance_request,
    idempotency_key,
    invitation,
    legal_basis,
    log_entry,
    log_review,
    login_throttle,
    mail,
    mail_notice,
    mail_setting,
    membership,
    network,
    network_change,
    network_message,
    network_participant,
    network_volunteer,
    offer,
    organisation,
    organisation_rule,
    organisation_setting,
    person,
    person_identifier,
    person_link,
    protected_detail,
    referral,
    refresh_token,
    responsibility,
    routing_rule,
    rule,
    rulebook,
    second_factor,
    session,
    signing_key,
    social_assessment,
    system_client,
    system_client_key,
    task,
    thank_you,
    unit,
    unmet_need_report,
    used_proof,
    volunteer,
);
